/**
 * Columns and line breaks for the tool's own words: help, rule pages, messages. Small on purpose, so that `--help`
 * starts fast; text of users is measured by string-width in the reporters.
 */

/** Columns that one of our own texts takes: Chinese characters and full-width signs count two. */
export function columnsOf(text: string): number {
  let columns = 0;
  // Colours take no room.
  for (const char of text.replace(/\u001b\[[\d;]*m/g, '')) columns += isWide(char) ? 2 : 1;
  return columns;
}

function isWide(char: string): boolean {
  const code = char.codePointAt(0)!;
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xffdc && !(code >= 0xff61)) ||
    code >= 0x1f000
  );
}

/** Signs that must not begin a line, and those that must not end one. */
const NO_START = '，。、；：？！）」』》”’…%）,.;:?!)]}';
const NO_END = '（「『《“‘([{';

/**
 * Breaks text at spaces and between Chinese characters so that no line is wider than `width` (unless a word is).
 * Line breaks of the text are kept; what is broken off an indented line is indented two further. `name=值` is a word.
 *
 * @param width columns, or null to break nowhere.
 */
export function wrap(text: string, width: number | null): string {
  if (width === null) return text;
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  const lines: string[] = [];
  const lead = /^ */.exec(text)![0];
  const hanging = lead === '' ? '' : `${lead}  `;
  let line = '';
  for (const piece of pieces(text)) {
    if (line.trim() !== '' && columnsOf(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = hanging + piece.trimStart();
    } else {
      line += piece;
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines.join('\n');
}

/** The parts between which a line may break. */
function pieces(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  // Something to be typed: `time=时间,role=角色`, up to the next blank or full-width mark.
  let assigning = false;
  for (const char of text) {
    const last = part.at(-1) ?? '';
    if (char === '=' && /[\w\p{Script=Han}]/u.test(last)) assigning = true;
    else if (char === ' ' || (isWide(char) && NO_START.includes(char))) assigning = false;
    const breaks =
      part !== '' &&
      !assigning &&
      char !== ' ' &&
      !NO_START.includes(char) &&
      !NO_END.includes(last) &&
      (last === ' ' || isWide(char) || isWide(last));
    if (breaks) {
      parts.push(part);
      part = '';
    }
    part += char;
  }
  if (part !== '') parts.push(part);
  return parts;
}

/** Puts `prefix` before every line but empty ones. */
export function indent(text: string, prefix: string): string {
  return text.replace(/^(?=.)/gm, prefix);
}

/** Fills up with spaces to a width in columns. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}
