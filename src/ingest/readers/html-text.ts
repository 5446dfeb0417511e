const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  // A typing error of PC QQ's exporter.
  get: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,6}));?/g;

/** Replaces the entities that chat exports contain; unknown ones stay as they are. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name]! : whole;
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : whole;
  });
}

const BREAK = /<br\s*\/?>|<\/(?:p|div|li|tr)\s*>\s*(?=[^\s<]|<(?!\/))/gi;
const IMAGE = /<img\b[^<>]*>/gi;
const TAG = /<\/?[a-z][^<>]*>/gi;
const SOURCE_LINE_END = /[\r\n]+[ \t]*/g;

/**
 * The text of a fragment of HTML as a reader of it sees it: line breaks for `<br>` and between blocks, `[图片]` for
 * images, entities decoded, all other tags gone.
 */
export function htmlToText(html: string): string {
  return toText(html, TAG);
}

function toText(html: string, tags: RegExp): string {
  if (!html.includes('<')) return decodeEntities(html);
  const text = html
    .replace(SOURCE_LINE_END, '')
    .replace(BREAK, '\n')
    .replace(IMAGE, '[图片]')
    .replace(tags, '');
  return decodeEntities(text);
}

/** The tags that text exports let through; what else stands between `<` and `>` there, somebody typed. */
const LINE_TAGS = /<\/?(?:p|div|span|font|b|strong|i|em|u|a|li|ul|ol|tr|td|table|tbody)\b[^<>]*>/gi;

/** {@link htmlToText} of a line of plain text with pieces of HTML in it: tags that an exporter does not write stay. */
export function htmlLineToText(line: string): string {
  return toText(line, LINE_TAGS);
}

const LINE_TAG = /<br\s*\/?>|&nbsp;?|<\/?(?:p|div|span|font|b|strong|a)\b[^<>]*>/i;

/** True when a line of plain text contains the few pieces of HTML that text exports let through. */
export function hasHtml(line: string): boolean {
  return (line.includes('<') || line.includes('&')) && LINE_TAG.test(line);
}
