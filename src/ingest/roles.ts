import type { Role } from '../model/message.js';

export interface RoleDecision {
  role: Role;
  /** Short stable code of the rule that decided; appears in reports. */
  reason: string;
}

/** What a reader knows about a sender. All but the name are optional. */
export interface SpeakerFacts {
  id: string;
  name: string;
  /** The role that the format itself states for this sender, with its reason. */
  stated?: RoleDecision | null;
  /** The other party of a two-party export (消息对象, dash line), when the format names it. */
  peer?: string | null;
  /** True when the input says that this is a two-party conversation. */
  twoParty?: boolean;
}

/** Patterns of the user, as glob-like strings (`*` any run, otherwise literal), matched on id and name. */
export interface RolePatterns {
  agent: string[];
  customer: string[];
  bot: string[];
}

/**
 * Decides who a sender is, first rule that applies: the user's patterns; what the format states; a robot's or system's
 * name; a sub-account `店铺:子账号`; a name that says customer service; the named peer of a two-party export. Otherwise
 * unknown: never guessed silently.
 */
export interface RoleResolver {
  resolve(facts: SpeakerFacts): RoleDecision;
}
