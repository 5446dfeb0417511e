import stringWidth from 'string-width';

/** Terminal columns that a text takes; CJK and emoji take two. */
export function columnsOf(text: string): number {
  if (text.length <= STRETCH) return stringWidth(text);
  let columns = 0;
  for (const stretch of stretchesOf(text)) columns += stringWidth(stretch);
  return columns;
}

/** Splitting a text into characters takes time with the square of its length, so long ones are taken stretch by stretch. */
const STRETCH = 2048;
/** What belongs to the character before it, and what draws the next one to itself. */
const JOINS_LAST = /^(?:\u200d|[\p{M}\p{Emoji_Modifier}]|[\ufe00-\ufe0f]|[\udc00-\udfff])/u;
const JOINS_NEXT = /[\u200d\ud800-\udbff]$/;

/** Pieces of a text that end between characters, unless a character is longer than any that people write. */
function* stretchesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + STRETCH);
    const limit = Math.min(text.length, end + 64);
    while (
      end < limit &&
      (JOINS_NEXT.test(text.slice(end - 1, end)) || JOINS_LAST.test(text.slice(end, end + 2)))
    )
      end++;
    yield text.slice(start, end);
    start = end;
  }
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Splits a text into what a reader sees as single characters. */
export function* charactersOf(text: string): Generator<string> {
  const stretches = text.length <= STRETCH ? [text] : stretchesOf(text);
  for (const stretch of stretches) for (const { segment } of graphemes.segment(stretch)) yield segment;
}

/** The start of a text that fits into `columns`, with `…` when something was left out. Null cuts nothing. */
export function cut(text: string, columns: number | null): string {
  if (columns === null || columnsOf(text) <= columns) return text;
  if (columns < 1) return '';
  return `${takeStart(text, columns - 1)}…`;
}

/** The longest start of a text that fits into `columns`. */
export function takeStart(text: string, columns: number): string {
  let taken = '';
  let used = 0;
  for (const character of charactersOf(text)) {
    used += columnsOf(character);
    if (used > columns) break;
    taken += character;
  }
  return taken;
}

/** The longest end of a text that fits into `columns`. */
export function takeEnd(text: string, columns: number): string {
  let taken = '';
  let used = 0;
  for (const character of [...charactersOf(text)].reverse()) {
    used += columnsOf(character);
    if (used > columns) break;
    taken = character + taken;
  }
  return taken;
}

/** Fills a text with spaces up to `columns`. */
export function pad(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, columns - columnsOf(text)));
  return side === 'left' ? text + spaces : spaces + text;
}

/**
 * Breaks a text into lines of at most `columns`: between words, between CJK characters, and inside a word only when it
 * is longer than a line. No line begins with a closing mark. Null breaks nothing.
 */
export function wrap(text: string, columns: number | null): string[] {
  if (columns === null || columnsOf(text) <= columns) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of piecesOf(text)) {
    const size = columnsOf(piece);
    if (used + size <= columns) {
      line += piece;
      used += size;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
    used = 0;
    const start = piece.trimStart();
    if (columnsOf(start) <= columns) {
      line = start;
      used = columnsOf(start);
      continue;
    }
    for (const character of charactersOf(start)) {
      const one = columnsOf(character);
      if (used + one > columns && line !== '') {
        lines.push(line);
        line = '';
        used = 0;
      }
      line += character;
      used += one;
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

const CLOSING =
  /^[\u2026\u2019\u201d\u3001\u3002\u3009\u300b\u300d\u300f\u3011\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f,.;:!?)\]}%]/;

/** Opening marks, which no line ends with. */
const OPENING = /[\u2018\u201c\u3008\u300a\u300c\u300e\u3010\uff08([{]$/;
const PIECE =
  /\s*(?:[\p{Script=Han}\u3000-\u303f\uff00-\uffef]|[^\s\p{Script=Han}\u3000-\u303f\uff00-\uffef]+)|\s+$/gu;

/** The parts of a text between which a line may break: words with the space before them, single CJK characters. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const part of text.match(PIECE) ?? []) {
    const last = pieces.length - 1;
    if (last >= 0 && (CLOSING.test(part) || OPENING.test(pieces[last]!))) pieces[last] += part;
    else pieces.push(part);
  }
  return pieces;
}

/** The end of a text that fits into `columns`, led by `…` when something was left out. Null cuts nothing. */
export function cutStart(text: string, columns: number | null): string {
  if (columns === null || columnsOf(text) <= columns) return text;
  if (columns < 1) return '';
  return `…${takeEnd(text, columns - 1)}`;
}

/** Both ends of a text that together fit into `columns`, with `…` between. */
export function cutMiddle(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  if (columns < 1) return '';
  const half = Math.floor((columns - 1) / 2);
  const start = takeStart(text, half);
  return `${start}…${takeEnd(text, columns - 1 - columnsOf(start))}`;
}
