import { renderMessage } from '../model/catalogue.js';
import type { Finding } from '../model/finding.js';
import { charactersOf, columnsOf, cut, cutMiddle, cutStart, wrap } from './layout.js';
import { fill } from './messages/phrase.js';
import { PHRASES } from './messages/phrases.js';
import { CATEGORY_TERMS, SEVERITY_TERMS } from './messages/terms.js';
import type { Place } from './places.js';
import type { Excerpt } from './quotes.js';
import type { Locale, ReportOptions } from './reporter.js';
import type { Style } from './style.js';
import { SEVERITY_SYMBOL } from './symbols.js';
import { visible } from './visible.js';

const INDENT = '  ';
const GAP = '  ';
/** With less room than this for the name, name and time get lines of their own. */
const NAME_LEAST = 8;
/** On a terminal a quote longer than this many columns loses its middle. */
const QUOTE_MOST = 160;

/**
 * What was found in one place, for people: how bad, of what kind, by whom and when; what it is, a line a finding; the
 * words in their sentence, marked by 【】 and by colour; and where to look it up.
 *
 * @param name what the agent is called in this report
 */
export function placeBlock(
  { findings, excerpts }: Place,
  name: string,
  options: ReportOptions,
  style: Style,
): string[] {
  const { locale, width, zone, mask } = options;
  const [worst] = findings;
  const room = width === null ? null : Math.max(1, width - INDENT.length);
  const head = kindOf(worst, locale);
  const when = worst.atMs === null ? fill(PHRASES.noTime, locale) : zone.local(worst.atMs);
  const left = width === null ? null : width - columnsOf(head) - columnsOf(when) - 2 * GAP.length;
  const rules = [...new Set(findings.map(({ ruleId }) => ruleId))].join(locale === 'zh' ? '、' : ', ');
  const paintHead = style.severity[worst.severity];
  const first =
    left === null || left >= NAME_LEAST
      ? [`${paintHead(head)}${GAP}${style.strong(cut(visible(name), left))}${GAP}${when}`]
      : [
          paintHead(cut(head, width)),
          INDENT + style.strong(cut(visible(name), room)),
          INDENT + cut(when, room),
        ];
  const messages = findings.map((finding) => {
    const message = renderMessage(options.catalogue, finding, locale);
    const kind = kindOf(finding, locale);
    const shown = visible(mask === null ? message : mask(message));
    return kind === head ? shown : `${kind}${locale === 'zh' ? '：' : ': '}${shown}`;
  });
  return [
    ...first,
    ...[
      ...[...new Set(messages)].flatMap((message) => wrap(message, room)),
      ...excerpts.flatMap((excerpt) => excerptLines(excerpt, room, style)),
      ...placeLines(visible(`${worst.source.file}:${worst.source.line}`), rules, room).map((line) =>
        style.faint(line),
      ),
    ].map((line) => INDENT + line),
  ];
}

/** Where to look it up and by which rules, on one line where there is room: many rules must not cost the file's name. */
function placeLines(place: string, rules: string, room: number | null): string[] {
  const line = `${place} · ${rules}`;
  if (room === null || columnsOf(line) <= room || !/[、,]/.test(rules)) return [cutStart(line, room)];
  return [cutStart(place, room), ...wrap(rules, room)];
}

/** `✖ 严重 辱骂`. */
function kindOf({ severity, category }: Finding, locale: Locale): string {
  return `${SEVERITY_SYMBOL[severity]} ${SEVERITY_TERMS[severity][locale]} ${CATEGORY_TERMS[category][locale]}`;
}

/** The quoted words in their context, on as many lines as they need. */
function excerptLines(excerpt: Excerpt, room: number | null, style: Style): string[] {
  const parts = [
    { text: '“', quoted: false },
    ...excerpt.map(({ text, quoted }) => {
      if (!quoted) return { text: visible(text), quoted };
      const words = visible(text);
      return { text: `【${room === null ? words : cutMiddle(words, QUOTE_MOST)}】`, quoted };
    }),
    { text: '”', quoted: false },
  ];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const { text, quoted } of parts) {
    let run = '';
    const flush = (): void => {
      if (run !== '') line += quoted ? style.quote(run) : run;
      run = '';
    };
    for (const character of charactersOf(text)) {
      const size = columnsOf(character);
      if (room !== null && used + size > room && used > 0) {
        flush();
        lines.push(line);
        line = '';
        used = 0;
      }
      run += character;
      used += size;
    }
    flush();
  }
  lines.push(line);
  return lines;
}
