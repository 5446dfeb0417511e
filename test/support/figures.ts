import { loadProfile } from '../../src/config/profiles.js';
import { Assembler } from '../../src/conversation/assemble.js';
import type { WaitOptions } from '../../src/conversation/waits.js';
import {
  type AgentReport,
  type Breakdowns,
  type Conversation,
  createMessage,
  type Message,
  type MessageInit,
  type Metric,
  type Profile,
  type Role,
  Zone,
} from '../../src/model/index.js';
import { AuditTally } from '../../src/score/audit-tally.js';
import { scoreTurns } from '../../src/score/turn-score.js';

export const SHANGHAI = new Zone('Asia/Shanghai');

const ROLES: Record<string, Role> = { A: 'agent', C: 'customer', B: 'bot', S: 'system' };

/**
 * A record written as lines `[M-D ]HH:MM:SS WHO[:name][@customer] text`, of March 2026 unless a date says otherwise. WHO
 * is C, A, B (robot) or S (notice); a line without a date is on the day of the line before. `-` stands for no time.
 */
export function record(
  lines: readonly string[],
  more: Partial<MessageInit> = {},
  zone = SHANGHAI,
): Message[] {
  let [month, day] = [3, 2];
  return lines.map((line, index) => {
    const match = /^(?:(\d+)-(\d+) )?(?:(\d+):(\d+):(\d+)|-) ([ACBS])(?::([^@ ]+))?(?:@(\S+))? (.*)$/.exec(
      line,
    );
    if (match === null) throw new Error(`not a line of a record: ${line}`);
    const [, m, d, hour, minute, second, who = '', name, key = '买家', text = ''] = match;
    if (m !== undefined) [month, day] = [Number(m), Number(d)];
    const role = ROLES[who]!;
    return createMessage({
      conversationKey: key,
      role,
      speakerId: name ?? (role === 'agent' ? '小二' : role === 'customer' ? key : role),
      customerId: key,
      text,
      kind: role === 'system' && /转交|转接/.test(text) ? 'transfer' : 'text',
      atMs:
        hour === undefined ? null : zone.toMs(2026, month, day, Number(hour), Number(minute), Number(second)),
      source: { file: 'record.txt', line: index + 1 },
      ...more,
    });
  });
}

export interface Figures {
  conversations: Conversation[];
  agents: Map<string, AgentReport>;
  breakdowns: Breakdowns;
  tally: AuditTally;
  profile: Profile;
  /** `2/3` of an agent's figure; the value where it is no quotient. */
  of(metric: string, agent?: string): string;
  metric(metric: string, agent?: string): Metric;
}

/** What an audit figures of messages, under one profile, without any findings. */
export async function figuresOf(
  profile: string | Profile,
  messages: readonly Message[],
  { zone = SHANGHAI, ...known }: { zone?: Zone } & WaitOptions = {},
): Promise<Figures> {
  const resolved = typeof profile === 'string' ? await loadProfile(profile) : profile;
  const assembler = new Assembler({ profileFor: () => resolved, zone, ...known });
  const conversations = [...assembler.push(messages), ...assembler.flush()];
  const tally = new AuditTally(zone);
  for (const conversation of conversations) {
    tally.addConversation(conversation, [], scoreTurns(conversation, []), resolved);
  }
  const report = tally.report(RUN);
  const agents = new Map(report.agents.map((agent) => [agent.agentId, agent]));
  const metric = (id: string, agent = '小二'): Metric => {
    const found = agents.get(agent)?.metrics[id];
    if (found === undefined) throw new Error(`no ${id} of ${agent}; there are ${[...agents.keys()]}`);
    return found;
  };
  return {
    conversations,
    agents,
    breakdowns: report.breakdowns,
    tally,
    profile: resolved,
    metric,
    of: (id, agent) => {
      const { numerator, denominator, value, reason } = metric(id, agent);
      if (value === null) return reason!;
      return numerator === null || denominator === null ? String(value) : `${numerator}/${denominator}`;
    },
  };
}

/** {@link figuresOf} lines of a record. */
export function figures(profile: string | Profile, ...lines: string[]): Promise<Figures> {
  return figuresOf(profile, record(lines));
}

export const RUN = {
  tool: { name: 'kefu-audit', version: '0' },
  timezone: 'Asia/Shanghai',
  segmenter: { name: 'none', version: '0' },
  lexicon: { entryCount: 0, hash: '' },
  profiles: [],
  calendar: null,
  preset: 'recommended',
  filters: { agent: [], customer: [], bot: [], since: null, until: null },
};
