import type { Bilingual, Category, Conversation, Profile, Wait } from '../model/index.js';
import { isAgreedTo } from './context/agreed-wait.js';
import { slowness } from './context/ramp.js';
import type { Rule, RuleMeta } from './rule.js';

export interface SlownessRuleInit {
  id: string;
  docs: RuleMeta['docs'];
  message: Bilingual;
  /** How it is said of an agent who takes over from another; default the same. */
  tookOver?: Bilingual;
  examples: RuleMeta['examples'];
  /** Which waits the rule is about. */
  applies: (wait: Wait, conversation: Conversation) => boolean;
  thresholdOf: (profile: Profile) => number;
}

/** A reply this many times over its threshold is grave. */
const GRAVE_FACTOR = 5;

/**
 * A rule about answered waits: a finding for each whose charged part took longer than the profile's threshold, weighing
 * {@link slowness} of that part. It needs no words, and says nothing where no time is known.
 */
export function slownessRule(init: SlownessRuleInit): Rule {
  return {
    meta: {
      id: init.id,
      category: 'latency' satisfies Category,
      severity: 'error',
      stability: 'stable',
      docs: init.docs,
      messages: {
        slow: init.message,
        'slow-in-part': inPart(init.message),
        ...(init.tookOver && {
          'took-over': init.tookOver,
          'took-over-in-part': inPart(init.tookOver),
        }),
      },
      options: { graveFactor: GRAVE_FACTOR },
      examples: init.examples,
    },
    check(context) {
      const { conversation, profile } = context;
      for (const wait of conversation.waits) {
        const { waitMs, chargedMs } = wait;
        if (waitMs === null || chargedMs === null || wait.answeredBy !== 'agent') continue;
        if (wait.excluded !== null || !init.applies(wait, conversation)) continue;
        const threshold = init.thresholdOf(profile);
        if (chargedMs <= threshold * 1000 || isAgreedTo(context, wait)) continue;
        const slowest = profile.slowestSeconds.value;
        const grave = chargedMs >= threshold * 1000 * Number(context.options.graveFactor);
        const prefix = init.tookOver !== undefined && !wait.first ? 'took-over' : 'slow';
        context.report({
          turn: conversation.turns[wait.agentTurn!]!,
          messageId: chargedMs < waitMs ? `${prefix}-in-part` : prefix,
          confidence: 1,
          severity: grave ? 'error' : 'warning',
          weight: slowness(chargedMs, threshold, slowest),
          agentId: wait.agentId,
          data: {
            waitMs,
            chargedMs,
            thresholdMs: threshold * 1000,
            slowestMs: slowest * 1000,
            customerTurn: wait.customerTurn,
            profile: profile.id,
          },
        });
      }
    },
  };
}

/** Of a long wait the agent may have to answer for a part: the rest went by with a robot, in line, or with a colleague. */
function inPart({ zh, en }: Bilingual): Bilingual {
  return { zh: `${zh}，其中{chargedMs}由该客服负责`, en: `${en}, of which {chargedMs} are this agent’s` };
}

/** True where the reply is the first of its agent in the conversation: the first of all, or the first after a handover. */
export function endsFirstWaitOfAgent(wait: Wait, { turns }: Conversation): boolean {
  if (wait.first) return true;
  for (let at = 0; at < (wait.agentTurn ?? 0); at++) {
    if (turns[at]!.role === 'agent' && turns[at]!.agentId === wait.agentId) return false;
  }
  return true;
}
