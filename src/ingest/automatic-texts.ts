import type { MessageKind } from '../model/message.js';
import type { RoleDecision } from './roles.js';

/** A text that no person typed, told by how it begins. */
interface AutomaticText extends RoleDecision {
  prefix: string;
}

/**
 * Beginnings of what robots and platforms send under a person's name. The prefixes of auto replies differ from shop to
 * shop; these are the wordings in common use. `系统提示` needs its colon: people write `系统提示缺货` themselves.
 */
const AUTOMATIC_TEXTS: readonly AutomaticText[] = [
  { prefix: '[自动回复]', role: 'bot', reason: 'auto-reply' },
  { prefix: '【自动回复】', role: 'bot', reason: 'auto-reply' },
  { prefix: '(自动回复)', role: 'bot', reason: 'auto-reply' },
  { prefix: '（自动回复）', role: 'bot', reason: 'auto-reply' },
  { prefix: '【此消息为欢迎卡片', role: 'bot', reason: 'auto-reply' },
  { prefix: '系统提示：', role: 'system', reason: 'system-text' },
  { prefix: '系统提示:', role: 'system', reason: 'system-text' },
  { prefix: '系统提醒：', role: 'system', reason: 'system-text' },
  { prefix: '系统提醒:', role: 'system', reason: 'system-text' },
];

/** First units of the prefixes: hardly any text begins with one. */
const FIRST_UNITS = [...new Set(AUTOMATIC_TEXTS.map(({ prefix }) => prefix.charCodeAt(0)))];

const RECALL: RoleDecision = { role: 'system', reason: 'recall-notice' };
const TRANSFER: RoleDecision = { role: 'system', reason: 'transfer-notice' };

/**
 * Who a text shows to have sent it, whatever name stands above it: a robot for welcome cards and auto replies, the
 * system for its own notices. Null for everything that a person may have typed.
 *
 * @param kind What `classify` said of the text.
 */
export function automaticRole(text: string, kind: MessageKind): RoleDecision | null {
  if (kind === 'recall') return RECALL;
  if (kind === 'transfer') return TRANSFER;
  if (!FIRST_UNITS.includes(text.charCodeAt(0))) return null;
  return AUTOMATIC_TEXTS.find(({ prefix }) => text.startsWith(prefix)) ?? null;
}
