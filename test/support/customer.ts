import { customersOf } from '../../src/conversation/customers.js';
import {
  type Asked,
  type Contact,
  type CustomerRecord,
  type CustomerWord,
  type MadePromise,
  type Paper,
  type PromisedAct,
  type Said,
  type Word,
  Zone,
} from '../../src/model/index.js';

const ZONE = new Zone('Asia/Shanghai');
const HOUR_MS = 3_600_000;

/** `2026-03-02 10:00`, in Shanghai, as milliseconds. */
export function at(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
}

/** Words of a contact, said at a local time. */
export function said(text: string, time: string | null, more: Partial<Said> = {}): Said {
  return {
    evidence: { messageId: `m:${text}`, span: [0, text.length], text },
    agentId: '',
    turnIndex: 0,
    atMs: time === null ? null : at(time),
    source: { file: 'log.txt', line: 1 },
    ...more,
  };
}

/** A promise by `agentId`, due after so many hours. */
export function promised(
  act: PromisedAct,
  hours: number,
  text: string,
  time: string,
  agentId: string,
  more: Partial<MadePromise> = {},
): MadePromise {
  return {
    ...said(text, time, { agentId, turnIndex: 1 }),
    act,
    dueMs: at(time) + hours * HOUR_MS,
    hold: false,
    answeredMs: null,
    ...more,
  };
}

/** What a customer says about something promised. */
export function word(word: Word, text: string, time: string, turnIndex = 0): CustomerWord {
  return { ...said(text, time, { turnIndex }), word };
}

export function asked(papers: Paper[], text: string, time: string, agentId: string): Asked {
  return { ...said(text, time, { agentId, turnIndex: 1 }), papers };
}

/** A contact that began at a local time and lasted ten minutes. */
export function contact(id: string, start: string | null, more: Partial<Contact> = {}): Contact {
  const startMs = start === null ? null : at(start);
  return {
    conversationId: id,
    customerId: 'tb_linxi',
    customerName: '',
    identity: 'exact',
    platform: 'tmall',
    shop: '青禾家居',
    startMs,
    endMs: startMs === null ? null : startMs + 600_000,
    agents: ['青禾家居:阿岚'],
    closedBy: more.agents?.at(-1) ?? '青禾家居:阿岚',
    openedBy: 'customer',
    firstAgentMs: startMs === null ? null : startMs + 30_000,
    orders: [],
    products: [],
    terms: [],
    dates: [],
    told: true,
    given: [],
    asked: [],
    askedStory: null,
    promises: [],
    words: [],
    claims: [],
    news: null,
    handOver: null,
    departure: null,
    ending: 'agent',
    ...more,
  };
}

/** The records of these contacts, the log of every shop ending at `end` (default: with its last contact). */
export function recordsOf(contacts: Contact[], end: string | null = null): CustomerRecord[] {
  const last = Math.max(...contacts.map(({ endMs }) => endMs ?? Number.NEGATIVE_INFINITY));
  const endMs = end === null ? (Number.isFinite(last) ? last : null) : at(end);
  return [...customersOf({ contacts, endOf: () => endMs }, ZONE)];
}
