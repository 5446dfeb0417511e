import type { LexiconMatch } from '../language/lexicon.js';
import {
  CategorySet,
  type Conversation,
  type Evidence,
  type Finding,
  type GoodTurn,
  type GoodWorkKind,
  messageIdOf,
  NO_EXPOSURE_RULES,
  type Turn,
} from '../model/index.js';

/** What may make an answer a good one, as cue lists of the lexicon. */
const HELP = ['reason', 'alternative', 'next-step', 'offer'] as const satisfies readonly GoodWorkKind[];
const CUES = ['apology', ...HELP].map((kind) => `cue/${kind}`);
const HELP_CUES = CategorySet.of(HELP.map((kind) => `cue/${kind}`));
const APOLOGY_CUE = CategorySet.of(['cue/apology']);
/** So many kinds of help in one turn. */
const ENOUGH = 2;
/** Told before the lexicon is asked. */
const MAY_APOLOGISE = /歉|对不|對不|不好意思|见谅|見諒|添麻烦|添麻煩/;
/** Pairs of characters that every chat has and that name no problem. */
const EMPTY_PAIRS = new Set(
  [
    '这个',
    '那个',
    '怎么',
    '什么',
    '可以',
    '你们',
    '我们',
    '一下',
    '就是',
    '没有',
    '不是',
    '是不',
    '知道',
  ].concat(
    [
      '现在',
      '还是',
      '已经',
      '但是',
      '因为',
      '所以',
      '时候',
      '东西',
      '谢谢',
      '您好',
      '你好',
      '麻烦',
      '问题',
      '不好',
    ],
    [
      '好意',
      '意思',
      '对不',
      '不起',
      '抱歉',
      '给我',
      '给您',
      '帮我',
      '帮您',
      '亲亲',
      '的话',
      '这边',
      '那边',
      '这样',
    ],
  ),
);

/**
 * Answers to learn from: in a conversation in which the agent apologised for what the customer complained of, or stayed
 * kind after abuse, a turn with at least two of a reason, another way, a next step and an offer, and without a finding
 * against the agent anywhere in the conversation. Told by the cues that excuse a refusal, so it is a list of likely good
 * work for a person to choose from, not a measurement, and no part of any score.
 *
 * @param findings of the conversation: a turn with one is no example
 * @param cues looks lexicon cues up in the conversation
 */
export function findGoodTurns(
  conversation: Conversation,
  findings: readonly Finding[],
  cues: CueSource,
): GoodTurn[] {
  const found: GoodTurn[] = [];
  const blamed = agentsBlamedBy(findings);
  const helpful = conversation.turns.filter(
    (turn) => turn.role === 'agent' && !blamed.has(turn.agentId) && mayHelp(turn, cues),
  );
  // Most conversations end here.
  if (helpful.length === 0) return found;
  for (const agentId of candidates(conversation, helpful, findings, cues)) {
    let apology: Evidence | null = null;
    const problem = new Problem(conversation);
    for (const turn of conversation.turns) {
      if (turn.agentId !== agentId || turn.role !== 'agent') continue;
      if (!helpful.includes(turn) && (apology !== null || !mayHold(turn, APOLOGY_CUE, cues))) continue;
      const calm = followsAbuse(conversation, turn, findings);
      // Without an apology so far, or abuse, no help makes an example.
      const excused = apology === null && mayApologise(conversation, turn) && problem.isNamedIn(turn);
      if (apology === null && !calm && !excused) continue;
      const told = cuesIn(conversation, turn, cues);
      if (excused) apology = told.get('apology') ?? null;
      const help = HELP.filter((kind) => told.has(kind));
      if (help.length < ENOUGH) continue;
      const kinds: GoodWorkKind[] = apology === null ? [...help] : ['apology', ...help];
      const evidence = help.map((kind) => told.get(kind)!);
      if (apology !== null) evidence.unshift(apology);
      if (calm) kinds.push('calm');
      if (kinds.length > help.length) found.push(goodTurn(conversation, turn, kinds, evidence));
    }
  }
  return found;
}

/** Lexicon matches of one category in one message of the conversation. */
export interface CueSource {
  /** Those of some categories that the message may hold. */
  mayBe(messageIndex: number, categories: CategorySet): CategorySet;
  matches(messageIndex: number, category: string): readonly LexiconMatch[];
}

function mayHelp(turn: Turn, cues: CueSource): boolean {
  let kinds = CategorySet.none;
  for (const index of turn.messageIndexes) kinds = kinds.with(cues.mayBe(index, HELP_CUES));
  return kinds.names.length >= ENOUGH;
}

function mayHold(turn: Turn, categories: CategorySet, cues: CueSource): boolean {
  return turn.messageIndexes.some((index) => !cues.mayBe(index, categories).isEmpty);
}

const NOBODY: ReadonlySet<string> = new Set();

/** Agents with a finding against them. */
function agentsBlamedBy(findings: readonly Finding[]): ReadonlySet<string> {
  const against = findings.filter(({ category }) => category !== 'customer-abuse');
  return against.length === 0 ? NOBODY : new Set(against.map(({ agentId }) => agentId));
}

/** Those of the agents who helped who may have apologised, or who bore abuse. */
function candidates(
  conversation: Conversation,
  helpful: readonly Turn[],
  findings: readonly Finding[],
  cues: CueSource,
): Set<string> {
  const helpers = new Set(helpful.map(({ agentId }) => agentId));
  const hasAbuse = findings.some(isAbuse);
  const agents = new Set<string>();
  for (const turn of conversation.turns) {
    if (turn.role !== 'agent' || agents.has(turn.agentId) || !helpers.has(turn.agentId)) continue;
    // Where nobody was abusive, the words of an apology are needed, and their cue costs less to look for.
    if (!hasAbuse && !mayHold(turn, APOLOGY_CUE, cues)) continue;
    if (mayApologise(conversation, turn)) agents.add(turn.agentId);
  }
  for (const finding of findings) {
    if (isAbuse(finding) && helpers.has(finding.agentId)) agents.add(finding.agentId);
  }
  return agents;
}

function mayApologise({ messages }: Conversation, turn: Turn): boolean {
  return turn.messageIndexes.some((index) => MAY_APOLOGISE.test(messages[index]!.text));
}

/** The first words of each kind in a turn. One phrase does not count twice: 我帮您换一件 is an offer or a next step. */
function cuesIn(conversation: Conversation, turn: Turn, cues: CueSource): Map<GoodWorkKind, Evidence> {
  const told = new Map<GoodWorkKind, Evidence>();
  for (const index of turn.messageIndexes) {
    const message = conversation.messages[index]!;
    if (message.kind !== 'text') continue;
    let end = 0;
    const matches = CUES.flatMap((cue) => cues.matches(index, cue)).sort(
      (a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1] || b.confidence - a.confidence,
    );
    for (const { category, span, text } of matches) {
      const kind = category.slice('cue/'.length) as GoodWorkKind;
      if (told.has(kind) || span[0] < end) continue;
      end = span[1];
      told.set(kind, { messageId: messageIdOf(conversation, index), span: [span[0], span[1]], text });
    }
  }
  return told;
}

function goodTurn(
  { id, messages }: Conversation,
  turn: Turn,
  kinds: GoodWorkKind[],
  evidence: Evidence[],
): GoodTurn {
  const { file, line } = messages[turn.messageIndexes[0]!]!.source;
  return {
    agentId: turn.agentId,
    conversationId: id,
    turnIndex: turn.index,
    kinds,
    text: turn.messageIndexes.map((index) => messages[index]!.text).join(' '),
    evidence,
    source: { file, line },
    atMs: turn.startMs,
  };
}

/** What the customer has said; asked turn by turn, in their order, so that a long chat is gone through once. */
class Problem {
  private readonly conversation: Conversation;
  private said = '';
  private upTo = 0;

  constructor(conversation: Conversation) {
    this.conversation = conversation;
  }

  /** True when an answer uses words of the customer's: what the apology is about. */
  isNamedIn(turn: Turn): boolean {
    const { messages, turns } = this.conversation;
    for (; this.upTo < turn.index; this.upTo++) {
      if (turns[this.upTo]!.role !== 'customer') continue;
      for (const index of turns[this.upTo]!.messageIndexes) this.said += `${messages[index]!.text}\n`;
    }
    return turn.messageIndexes.some((index) => this.names(messages[index]!.text));
  }

  /** Whether a text has a pair of characters in common with what was said. */
  private names(text: string): boolean {
    for (const run of text.match(/\p{Script=Han}{2,}/gu) ?? []) {
      for (let at = 0; at + 2 <= run.length; at++) {
        const pair = run.slice(at, at + 2);
        if (this.said.includes(pair) && !EMPTY_PAIRS.has(pair)) return true;
      }
    }
    return false;
  }
}

/** True when the customer's turn before was abusive: staying kind then is worth telling. */
function followsAbuse({ turns }: Conversation, turn: Turn, findings: readonly Finding[]): boolean {
  const before = turns[turn.index - 1];
  return (
    before?.role === 'customer' && findings.some((one) => isAbuse(one) && one.turnIndex === before.index)
  );
}

/** True for a finding of abuse by the customer. */
function isAbuse({ category, ruleId }: Finding): boolean {
  return category === 'customer-abuse' && !NO_EXPOSURE_RULES.has(ruleId);
}
