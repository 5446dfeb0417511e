import { visible } from '../report/visible.js';
import type { GateFailure } from './exit.js';
import type { Bilingual, Locale } from './options.js';

/** How many agents a message names. */
const NAMED = 5;

/** Why the exit code is 1. */
export function gateMessage(failure: GateFailure): Bilingual {
  switch (failure.gate) {
    case 'fail-on': {
      const { count, severity } = failure;
      const worse = severity === 'error' ? { zh: '', en: '' } : { zh: '及以上', en: ' or worse' };
      return {
        zh: `未过门槛：${count} 条 ${severity} 级${worse.zh}的发现（--fail-on ${severity}）`,
        en: `gate failed: ${count} ${count === 1 ? 'finding' : 'findings'} of severity ${severity}${worse.en} (--fail-on ${severity})`,
      };
    }
    case 'max-findings':
      return {
        zh: `未过门槛：${failure.count} 条发现，多于 ${failure.limit} 条（--max-findings）`,
        en: `gate failed: ${failure.count} findings, more than ${failure.limit} (--max-findings)`,
      };
    case 'min-score':
      return {
        zh: `未过门槛：评分低于 ${failure.limit} 的客服：${names(failure.agents, 'zh', score)}（--min-score）`,
        en: `gate failed: agents below ${failure.limit}: ${names(failure.agents, 'en', score)} (--min-score)`,
      };
    case 'max-breach-ratio':
      return {
        zh: `未过门槛：超时轮次占比高于 ${percent(failure.limit)} 的客服：${names(failure.agents, 'zh', percent)}（--max-breach-ratio）`,
        en: `gate failed: agents with more than ${percent(failure.limit)} slow turns: ${names(failure.agents, 'en', percent)} (--max-breach-ratio)`,
      };
  }
}

function names(
  agents: readonly { name: string; value: number }[],
  locale: Locale,
  show: (value: number) => string,
): string {
  const shown = agents.slice(0, NAMED).map(({ name, value }) => `${visible(name)} ${show(value)}`);
  const more = agents.length - shown.length;
  if (more > 0) shown.push(locale === 'zh' ? `另有 ${more} 位` : `${more} more`);
  return shown.join(locale === 'zh' ? '、' : ', ');
}

function score(value: number): string {
  return value.toFixed(1);
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(1))}%`;
}
