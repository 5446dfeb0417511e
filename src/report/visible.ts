/**
 * Text of a transcript, made safe for a terminal, a log line or a spreadsheet cell. Nothing that a customer typed may
 * move the cursor, change colours, turn the reading direction, break a line or hide between other characters.
 *
 * Controls become their Unicode picture (`␛`), line ends `⏎`, tabs a space, and whatever else is invisible or
 * direction-changing its code point (`‹U+202E›`). Joined emoji are shown side by side, since terminals disagree on the
 * width of a joined one. The result has no control and no format character, and is well-formed Unicode.
 */
export function visible(text: string): string {
  return UNSAFE.test(text) ? text.replace(EACH_UNSAFE, show) : text;
}

/**
 * Controls (Cc), format characters (Cf: zero width, bidi, tags), lone surrogates (Cs), line and paragraph separators,
 * and what is blank by design (variation selectors, Hangul fillers, code points reserved for such).
 */
const CLASS = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]';
const JOINED =
  '(?<=\\p{Extended_Pictographic}[\\ufe0f\\u{1f3fb}-\\u{1f3ff}]?)\\u200d(?=\\p{Extended_Pictographic})';
const UNSAFE = new RegExp(CLASS, 'u');
const EACH_UNSAFE = new RegExp(`(?<joined>${JOINED})|\\r\\n|${CLASS}`, 'gu');

function show(found: string, joined: string | undefined): string {
  if (joined !== undefined) return '';
  const code = found.codePointAt(0)!;
  if (found === '\t') return ' ';
  if (isLineEnd(code)) return '⏎';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  if ((code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)) return '';
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/** LF, VT, FF, CR, NEL, LINE and PARAGRAPH SEPARATOR. */
function isLineEnd(code: number): boolean {
  return (code >= 0x0a && code <= 0x0d) || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/**
 * JSON on one line that is also harmless when printed: besides what JSON escapes, C1 controls, line separators and all
 * format characters are written as `\uXXXX`. Lone surrogates are escaped by `JSON.stringify` itself. Parsing gives back
 * exactly `value`.
 */
export function toJson(value: unknown): string {
  return harmless(JSON.stringify(value));
}

/** {@link toJson} of a value that is JSON already. */
export function harmless(json: string): string {
  return HIDDEN.test(json) ? json.replace(EACH_HIDDEN, escapeUnits) : json;
}

const HIDDEN = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/u;
const EACH_HIDDEN = new RegExp(HIDDEN, 'gu');

function escapeUnits(found: string): string {
  let escaped = '';
  for (let at = 0; at < found.length; at++)
    escaped += `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`;
  return escaped;
}
