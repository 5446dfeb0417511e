import { isAcknowledgement } from '../../src/conversation/acknowledgements.js';
import type { Conversation, Message, MetricRule, Profile } from '../../src/model/index.js';

/**
 * The figures of docs/metrics.md, written down as they are defined, slowly: for every customer message the record is
 * searched anew. It knows Shanghai time, no robots' hand-overs and no calendar, and shares nothing with the
 * implementation but the list of words that ask for nothing.
 */
interface Asked {
  conversation: Conversation;
  question: Message;
  reply: Message | null;
  /** Who answered, or was there last; null when no agent ever spoke. */
  agent: string | null;
  first: boolean;
}

const HOUR = 3_600_000;
const local = (atMs: number): string => new Date(atMs + 8 * HOUR).toISOString();
const dateOf = (atMs: number): string => local(atMs).slice(0, 10);
const secondOf = (atMs: number): number => {
  const [hour, minute, second] = local(atMs).slice(11, 19).split(':').map(Number);
  return hour! * 3600 + minute! * 60 + second!;
};

/** Every question that somebody should answer, with the reply to it. */
function asked(conversation: Conversation, profile: Profile): Asked[] {
  const { messages } = conversation;
  const found: Asked[] = [];
  const isReply = (index: number): boolean => {
    const message = messages[index]!;
    if (message.role === 'agent') return true;
    if (message.role !== 'bot' || profile.botReplies.value !== 'human-phase') return false;
    return messages.slice(0, index).some((one) => one.role === 'agent');
  };
  messages.forEach((question, at) => {
    if (question.role !== 'customer' || isAcknowledgement(question.text)) return;
    let since = at - 1;
    while (since >= 0 && !isReply(since)) since--;
    const earlier = messages
      .slice(since + 1, at)
      .some((one) => one.role === 'customer' && !isAcknowledgement(one.text));
    if (earlier) return;
    const replyAt = messages.findIndex((_, index) => index > at && isReply(index));
    const reply = replyAt < 0 ? null : messages[replyAt]!;
    const before = messages
      .slice(0, replyAt < 0 ? messages.length : replyAt)
      .filter((one) => one.role === 'agent');
    const agent = reply?.role === 'agent' ? reply.speakerId : (before.at(-1)?.speakerId ?? null);
    found.push({ conversation, question, reply, agent, first: found.length === 0 });
  });
  return found;
}

function counts(one: Asked, rule: MetricRule): boolean {
  const start = one.question.atMs!;
  const end = one.reply?.atMs ?? null;
  const inside = (atMs: number): boolean =>
    rule.window === null ||
    (secondOf(atMs) >= rule.window.startSecond && secondOf(atMs) < rule.window.endSecond);
  const moments = {
    'turn-start': [start],
    'turn-start-or-reply': end === null ? [start] : [start, end],
    'session-start': [one.conversation.messages[0]!.atMs!],
  }[rule.window?.appliesTo ?? 'turn-start'];
  if (!moments.some(inside)) return false;
  if (rule.waits === 'first' && !one.first) return false;
  return rule.exclude.every((reason) => {
    switch (reason) {
      case 'unanswered':
        return end !== null;
      case 'zero-seconds':
        return end === null || end - start >= 500;
      case 'crosses-midnight':
        return end === null || dateOf(start) === dateOf(end);
      case 'bot-reply':
        return one.reply?.role !== 'bot';
      case 'no-human':
        return one.conversation.messages.some((message) => message.role === 'agent');
      case 'own-account':
        return true;
    }
    return true;
  });
}

/** `[value, numerator, denominator]` of one figure over the questions that belong to it. */
function figure(rule: MetricRule, all: readonly Asked[]): [number | null, number | null, number | null] {
  const belonging = all.filter((one) => counts(one, rule));
  const seconds = belonging
    .filter((one) => one.reply !== null)
    .map((one) => Math.round((one.reply!.atMs! - one.question.atMs!) / 1000))
    .sort((a, b) => a - b);
  const share = (numerator: number, denominator: number): [number | null, number | null, number | null] =>
    denominator === 0
      ? [null, null, null]
      : [Math.round((numerator / denominator) * 1e4) / 1e4, numerator, denominator];
  const nearestRank = (p: number): [number | null, null, number | null] =>
    seconds.length === 0
      ? [null, null, null]
      : [seconds[Math.max(0, Math.ceil(p * seconds.length) - 1)]!, null, seconds.length];
  switch (rule.figure) {
    case 'mean': {
      if (seconds.length === 0) return [null, null, null];
      const sum = seconds.reduce((total, one) => total + Math.min(one, rule.capSeconds ?? one), 0);
      return [Math.round((sum / seconds.length) * 1000) / 1000, sum, seconds.length];
    }
    case 'median':
      return nearestRank(0.5);
    case 'p90':
      return nearestRank(0.9);
    case 'p95':
      return nearestRank(0.95);
    case 'share-unanswered':
      return share(belonging.length - seconds.length, belonging.length);
    case 'share-within': {
      const inTime = (one: Asked): boolean =>
        one.reply !== null &&
        Math.round((one.reply.atMs! - one.question.atMs!) / 1000) <= rule.withinSeconds!;
      if (rule.unit === 'turns' || rule.unit === 'sessions') {
        return share(belonging.filter(inTime).length, belonging.length);
      }
      const people = groupBy(belonging, (one) =>
        rule.unit === 'people-per-day'
          ? `${one.conversation.customerId} ${dateOf(one.question.atMs!)}`
          : one.conversation.customerId,
      );
      return share([...people.values()].filter((turns) => turns.every(inTime)).length, people.size);
    }
  }
}

export function groupBy<T, K>(list: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

export type ObviousFigures = Record<
  string,
  [value: number | null, numerator: number | null, denominator: number | null]
>;

/** All figures about waits, of one agent or (null) of everybody, asked at moments that `when` accepts. */
export function obviousFigures(
  conversations: readonly Conversation[],
  profile: Profile,
  agent: string | null,
  when: (atMs: number) => boolean = () => true,
): ObviousFigures {
  const all = conversations
    .flatMap((conversation) => asked(conversation, profile))
    .filter((one) => (agent === null || one.agent === agent) && when(one.question.atMs!));
  return Object.fromEntries(profile.metrics.map((rule) => [rule.id, figure(rule, all)]));
}
