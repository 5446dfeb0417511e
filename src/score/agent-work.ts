import type { Conversation, Message, Turn } from '../model/index.js';
import { wholeSeconds } from './tally.js';

/** What one agent did in one conversation, in whole numbers. */
export interface AgentWork {
  agentId: string;
  agentName: string;
  messageCount: number;
  /** Characters of the agent's texts (code points). */
  characterCount: number;
  /** Messages by the customer that this agent answered, or should have. */
  customerMessageCount: number;
  transfersIn: number;
  transfersOut: number;
  /** From the agent's first message to the last, or null where no time is known. */
  handleSeconds: number | null;
  turns: Turn[];
}

/**
 * What each agent did in a conversation, in order of appearance. A customer's messages go to the agent who speaks next;
 * those after the last agent's words to that agent.
 */
export function workOf(conversation: Conversation): AgentWork[] {
  const works: AgentWork[] = [];
  let current: AgentWork | null = null;
  let unanswered = 0;
  for (const turn of conversation.turns) {
    if (turn.role === 'customer') unanswered += turn.messageIndexes.length;
    if (turn.role !== 'agent') continue;
    if (current?.agentId !== turn.agentId) current = workBy(works, turn, conversation.messages);
    current.turns.push(turn);
    current.messageCount += turn.messageIndexes.length;
    current.customerMessageCount += unanswered;
    unanswered = 0;
    for (const index of turn.messageIndexes)
      current.characterCount += charactersOf(conversation.messages[index]!);
  }
  if (current !== null) current.customerMessageCount += unanswered;
  for (const { fromAgentId, toAgentId } of conversation.handOvers) {
    for (const work of works) {
      if (work.agentId === fromAgentId) work.transfersOut++;
      if (work.agentId === toAgentId) work.transfersIn++;
    }
  }
  for (const work of works) work.handleSeconds = handledSeconds(work.turns);
  return works;
}

function workBy(works: AgentWork[], turn: Turn, messages: readonly Message[]): AgentWork {
  const known = works.find((work) => work.agentId === turn.agentId);
  if (known !== undefined) return known;
  const work: AgentWork = {
    agentId: turn.agentId,
    agentName: messages[turn.messageIndexes[0]!]!.speakerName,
    messageCount: 0,
    characterCount: 0,
    customerMessageCount: 0,
    transfersIn: 0,
    transfersOut: 0,
    handleSeconds: null,
    turns: [],
  };
  works.push(work);
  return work;
}

function handledSeconds(turns: readonly Turn[]): number | null {
  const startMs = turns.find((turn) => turn.startMs !== null)?.startMs ?? null;
  const endMs = turns.findLast((turn) => turn.endMs !== null)?.endMs ?? null;
  return startMs === null || endMs === null ? null : wholeSeconds(Math.max(0, endMs - startMs));
}

const SURROGATE = /[\ud800-\udfff]/;

/** Code points of a text; pictures, cards and files have none. */
function charactersOf({ kind, text }: Message): number {
  if (kind !== 'text') return 0;
  if (!SURROGATE.test(text)) return text.length;
  let pairs = 0;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) pairs++;
  return text.length - pairs;
}
