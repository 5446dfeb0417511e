import { SEPARATOR_CLASS } from './characters.js';
import type { ContextTemplates, LexiconEntry } from './lexicon.js';
import { NO_DISGUISE, parseTemplate, regexSource, type Slots } from './template.js';

const SEPARATORS_BEFORE = new RegExp(`${SEPARATOR_CLASS}+$`);
const SEPARATORS_AFTER = new RegExp(`^${SEPARATOR_CLASS}+`);

/** How far before and after a match its neighbours are looked for. */
const REACH = 40;

/**
 * Whether the surroundings of a match `[from, to)` of a folded text allow it: null if so, otherwise the decisive
 * template of `unless`, or the name of the part of `only` that has none.
 */
export type ContextTest = (
  text: string,
  from: number,
  to: number,
) => { rejection: 'unless' | 'only'; detail: string } | null;

const FREE: ContextTest = () => null;

/**
 * Compiles the `unless` and `only` of an entry.
 *
 * @param runs whether it is for texts that have a run; see `hasRun`
 * @throws TemplateError
 */
export function contextTest(entry: LexiconEntry, slots: Slots, runs = true): ContextTest {
  const unless = partsOf(entry.unless, slots, runs);
  const only = partsOf(entry.only, slots, runs);
  if (unless.length === 0 && only.length === 0) return FREE;
  return (text, from, to) => {
    for (const part of unless) {
      const found = find(part, part.slice(text, from, to));
      if (found !== null) return { rejection: 'unless', detail: `${part.name}: ${found[0]}` };
    }
    if (only.length > 0 && !only.some((part) => find(part, part.slice(text, from, to)))) {
      return { rejection: 'only', detail: only.map((part) => part.name).join(', ') };
    }
    return null;
  };
}

interface Part {
  name: string;
  regex: RegExp;
  slice(text: string, from: number, to: number): string;
}

/** Looks for a part in its slice; where separators lie between that and the match, also without them. */
function find({ regex, name }: Part, slice: string): RegExpExecArray | null {
  const found = regex.exec(slice);
  if (found !== null || (name !== 'before' && name !== 'after')) return found;
  const near = slice.replace(name === 'before' ? SEPARATORS_BEFORE : SEPARATORS_AFTER, '');
  return near === slice ? null : regex.exec(near);
}

function partsOf(templates: ContextTemplates, slots: Slots, runs: boolean): Part[] {
  const parts: Part[] = [];
  const add = (
    name: keyof ContextTemplates,
    wrap: (source: string) => string,
    slice: (text: string, from: number, to: number) => string,
  ) => {
    const list = templates[name];
    if (list === undefined || list.length === 0) return;
    const source = list
      .map((template) => regexSource(parseTemplate(template, slots), NO_DISGUISE, { runs }))
      .join('|');
    parts.push({ name, regex: new RegExp(wrap(source)), slice });
  };
  add(
    'before',
    (source) => `(?:${source})$`,
    (text, from) => text.slice(Math.max(0, from - REACH), from),
  );
  add(
    'after',
    (source) => `^(?:${source})`,
    (text, _from, to) => text.slice(to, to + REACH),
  );
  add('clause', (source) => source, clauseAround);
  add(
    'text',
    (source) => source,
    (text) => text,
  );
  return parts;
}

const CLAUSE_END = /[,。!?;…\n\r\u2028\u2029]/;

/** The clause around `[from, to)`. A point ends a clause only after a Han character. */
function clauseAround(text: string, from: number, to: number): string {
  let start = from;
  while (start > 0 && !endsClause(text, start - 1)) start--;
  let end = to;
  while (end < text.length && !endsClause(text, end)) end++;
  return text.slice(start, end);
}

function endsClause(text: string, at: number): boolean {
  const char = text[at]!;
  if (char === '.') return at > 0 && text.charCodeAt(at - 1) >= 0x3007;
  return CLAUSE_END.test(char);
}
