import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KefuError } from '../model/errors.js';
import type { Finding } from '../model/finding.js';
import type { AcceptedFindings } from './options.js';

/** One accepted finding. Only the fingerprint decides; the rest is for people. */
export interface BaselineEntry {
  fingerprint: string;
  ruleId: string;
  agentId: string;
  conversationId: string;
  /** Why it was accepted, written by hand and kept when the file is written again. */
  reason?: string;
}

const SCHEMA_VERSION = 1;

/**
 * Findings that were accepted, and which of them this run has met. Fingerprints do not depend on file names or lines,
 * so a baseline outlives a new export of the same chat.
 */
export class Baseline implements AcceptedFindings {
  private readonly met = new Set<string>();
  private readonly seen = new Set<string>();

  private constructor(private readonly entries: ReadonlyMap<string, BaselineEntry>) {}

  static of(entries: Iterable<BaselineEntry>): Baseline {
    return new Baseline(new Map([...entries].map((entry) => [entry.fingerprint, entry])));
  }

  /**
   * @param path as the user gave it, against `cwd`
   * @returns null when there is no such file and none was asked for
   * @throws KefuError `config` when the file cannot be read or is not a baseline
   */
  static async read(path: string, cwd: string, required: boolean): Promise<Baseline | null> {
    let text: string;
    try {
      text = await readFile(resolve(cwd, path), 'utf8');
    } catch (cause) {
      const reason = String((cause as { code?: string }).code ?? cause);
      if (reason === 'ENOENT' && !required) return null;
      throw new KefuError('config', { file: path, data: { problem: 'unreadable-baseline', reason }, cause });
    }
    return Baseline.of(parseEntries(text, path));
  }

  has(fingerprint: string): boolean {
    if (!this.entries.has(fingerprint)) return false;
    this.met.add(fingerprint);
    return true;
  }

  /** A conversation was judged: of its entries this run can say whether they are still met. */
  see(conversationId: string): void {
    this.seen.add(conversationId);
  }

  get size(): number {
    return this.entries.size;
  }

  /** Entries that no finding of this run had, though their conversations were judged. */
  unused(): BaselineEntry[] {
    return [...this.entries.values()].filter((entry) => this.isGone(entry));
  }

  /** How many entries are of conversations that were not judged: whether they are gone is not known. */
  get unseenCount(): number {
    return [...this.entries.values()].filter(
      ({ fingerprint, conversationId }) => !this.met.has(fingerprint) && !this.seen.has(conversationId),
    ).length;
  }

  /** All but the unused. */
  pruned(): Baseline {
    return Baseline.of([...this.entries.values()].filter((entry) => !this.isGone(entry)));
  }

  private isGone({ fingerprint, conversationId }: BaselineEntry): boolean {
    return !this.met.has(fingerprint) && this.seen.has(conversationId);
  }

  /** These findings as well; what is known keeps its words. */
  with(findings: Iterable<Finding>): Baseline {
    const entries = new Map(this.entries);
    for (const { fingerprint, ruleId, agentId, conversationId } of findings) {
      if (!entries.has(fingerprint))
        entries.set(fingerprint, { fingerprint, ruleId, agentId, conversationId });
    }
    return new Baseline(entries);
  }

  /** The file's text: one entry a line and sorted, so that two versions compare well. */
  toJson(): string {
    const lines = [...this.entries.values()]
      .sort((a, b) => compare(a.ruleId, b.ruleId) || compare(a.fingerprint, b.fingerprint))
      .map((entry) => `    ${JSON.stringify(ordered(entry))}`);
    const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
    return `{\n  "schemaVersion": ${SCHEMA_VERSION},\n  "findings": ${list}\n}\n`;
  }
}

function ordered(entry: BaselineEntry): BaselineEntry {
  const { fingerprint, ruleId, agentId, conversationId, reason } = entry;
  return { fingerprint, ruleId, agentId, conversationId, ...(reason === undefined ? {} : { reason }) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function parseEntries(text: string, file: string): BaselineEntry[] {
  const bad = (reason: string) =>
    new KefuError('config', { file, data: { problem: 'bad-baseline', reason } });
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw bad((error as Error).message);
  }
  const { schemaVersion, findings } = (json ?? {}) as { schemaVersion?: unknown; findings?: unknown };
  if (schemaVersion !== SCHEMA_VERSION)
    throw bad(`schemaVersion ${String(schemaVersion)} ≠ ${SCHEMA_VERSION}`);
  if (!Array.isArray(findings)) throw bad('findings: []');
  return findings.map((entry: Partial<BaselineEntry> | null, at) => {
    if (typeof entry?.fingerprint !== 'string' || entry.fingerprint === '')
      throw bad(`findings[${at}].fingerprint`);
    return {
      fingerprint: entry.fingerprint,
      ruleId: String(entry.ruleId ?? ''),
      agentId: String(entry.agentId ?? ''),
      conversationId: String(entry.conversationId ?? ''),
      ...(typeof entry.reason === 'string' ? { reason: entry.reason } : {}),
    };
  });
}
