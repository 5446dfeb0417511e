/**
 * Reads labelled data that others keep outside this repository. Every file is found by the beginning of its name
 * (`labels/turns*.jsonl`), so that a development half and a held-out half are measured alike.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatLine } from '../../src/eval/chat.js';

/** Which half of every file is measured: people tune on one and look at the other. */
export type Split = 'a' | 'b' | null;

export interface Dialogue {
  id: string;
  turns: ChatLine[];
  /** 0 dissatisfied, 1 neutral, 2 satisfied; null where nobody was asked. */
  satisfaction: number | null;
}

/** A line to be judged: a chat, and which of its messages the labels are about. */
export interface LabelledLine {
  id: string;
  lines: ChatLine[];
  target: number;
  /** What the file says of it, as it stands there. */
  labels: Record<string, unknown>;
}

type Json = Record<string, unknown>;

/** Lines of all files `<folder>/<beginning>*.jsonl`, or null when there is none. */
function readLines(data: string, folder: string, beginning: string): Json[] | null {
  const path = join(data, folder);
  if (!existsSync(path)) return null;
  const names = readdirSync(path)
    .filter((name) => name.startsWith(beginning) && name.endsWith('.jsonl'))
    .sort();
  if (names.length === 0) return null;
  return names.flatMap((name) =>
    // Some texts hold U+2028: only \n ends a line.
    readFileSync(join(path, name), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Json),
  );
}

/** FNV-1a: which half a line belongs to depends on its own words alone, not on its neighbours. */
export function halfOf(key: string): 'a' | 'b' {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) & 1) === 0 ? 'a' : 'b';
}

function chosen<Line extends { id: string }>(lines: readonly Line[], split: Split): Line[] {
  return split === null ? [...lines] : lines.filter(({ id }) => halfOf(id) === split);
}

/** Whole conversations: `{id, turns: [{role, text}], labels?}`. */
export function readDialogues(data: string, split: Split): Dialogue[] | null {
  const lines = readLines(data, 'dialogues', '');
  if (lines === null) return null;
  const dialogues = lines.map((line): Dialogue => {
    const satisfaction = (line.labels as Json | undefined)?.overall_satisfaction;
    return {
      id: String(line.id),
      turns: (line.turns as ChatLine[]).map(({ role, text }) => ({ role, text })),
      satisfaction: typeof satisfaction === 'number' ? satisfaction : null,
    };
  });
  return chosen(dialogues, split);
}

/** Turns in their context: `{before: [{role, text}], agent, after: [...], dismissive: [a, b], ...}`. */
export function readTurns(data: string, split: Split): LabelledLine[] | null {
  const lines = readLines(data, 'labels', 'turns');
  if (lines === null) return null;
  const turns = lines.map((line): LabelledLine => {
    const before = (line.before as ChatLine[]).map(({ role, text }) => ({ role, text }));
    const after = (line.after as ChatLine[]).map(({ role, text }) => ({ role, text }));
    return {
      id: `${line.conversation}#${line.turn}`,
      lines: [...before, { role: 'agent', text: String(line.agent) }, ...after],
      target: before.length,
      labels: line,
    };
  });
  // Turns of one conversation stay in one half: they share its words.
  return split === null ? turns : turns.filter(({ labels }) => halfOf(String(labels.conversation)) === split);
}

/** Single utterances, `{text, context, ...}`; the context is not part of what is judged. */
export function readUtterances(
  data: string,
  beginning: string,
  role: 'agent' | 'customer',
  split: Split,
): LabelledLine[] | null {
  const lines = readLines(data, 'labels', beginning);
  if (lines === null) return null;
  const utterances = lines.map(
    (line): LabelledLine => ({
      id: String(line.text),
      lines: [{ role, text: String(line.text) }],
      target: 0,
      labels: line,
    }),
  );
  return chosen(utterances, split);
}

/** The same utterances where `context` tells the turn before and after: `顾客: … || 之后: …`. */
export function inContext(line: LabelledLine): LabelledLine {
  const context = String(line.labels.context ?? '');
  const [, before = '', after = ''] = /^顾客: (.*?)(?: \|\| 之后: (.*))?$/su.exec(context) ?? [];
  const around = (text: string): ChatLine[] => (text === '' ? [] : [{ role: 'customer', text }]);
  return {
    ...line,
    lines: [...around(before), ...line.lines, ...around(after)],
    target: before === '' ? 0 : 1,
  };
}

/** Both labels added up, or null where the line has none of that name. */
export function sumOf(line: LabelledLine, name: string): number | null {
  const value = line.labels[name];
  return Array.isArray(value) ? value.reduce((sum: number, one) => sum + Number(one), 0) : null;
}
