import { KefuError } from '../model/errors.js';
import { type Archive, type Member, openArchive } from './archive.js';

/** A block of cells that is shown as one; only its first cell has a value. Rows are 1-based, columns 0-based. */
export interface Merge {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** What the parts of an XLSX workbook say besides their cells. */
export interface WorkbookParts {
  /** Whether dates are counted from 1904, as old Macintosh workbooks do. */
  date1904: boolean;
  /** Merged cells by the name of their sheet; sheets without any are left out. */
  merges: ReadonlyMap<string, readonly Merge[]>;
}

/** A part that unpacks to more than this, and to more than so many times its size, is a bomb; real sheets shrink to a tenth. */
const BOMB_SIZE = 128 * 1024 * 1024;
const BOMB_RATIO = 100;
/** A chat needs few merged cells; more characters than this behind the cells are not looked at. */
const TAIL_LIMIT = 8 * 1024 * 1024;

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/i;
const STRINGS = /^xl\/sharedStrings\.xml$/i;

/**
 * Goes through the parts of a workbook once, without making cells of them: whether every sheet is whole, which a parser
 * that takes rows as they come does not notice; what its dates count from; which cells are merged.
 *
 * @throws KefuError `broken-archive` for a part that is cut short or is a bomb
 */
export async function inspectWorkbook(bytes: Uint8Array, file: string): Promise<WorkbookParts> {
  const archive = await openArchive(bytes, file);
  try {
    const book = await textOf(archive, 'xl/workbook.xml');
    const targets = targetsOf(await textOf(archive, 'xl/_rels/workbook.xml.rels'));
    const nameOf = new Map(
      elements(book, 'sheet').map((sheet) => [
        pathOf(targets.get(attribute(sheet, '\\w+:id') ?? '') ?? ''),
        unescaped(attribute(sheet, 'name') ?? ''),
      ]),
    );
    const merges = new Map<string, Merge[]>();
    for (const member of archive.members) {
      const isSheet = SHEET.test(member.name);
      if (!isSheet && !STRINGS.test(member.name)) continue;
      const tail = await tailOf(member, file, isSheet ? 'worksheet' : 'sst');
      const found = elements(tail, 'mergeCell').flatMap((one) => mergeOf(attribute(one, 'ref') ?? ''));
      const name = nameOf.get(member.name);
      if (name !== undefined && found.length > 0) merges.set(name, found);
    }
    return { date1904: /\bdate1904\s*=\s*["'](?:1|true)["']/.test(book), merges };
  } finally {
    await archive.close();
  }
}

/** What stands in a part behind its cells. */
async function tailOf(member: Member, file: string, root: string): Promise<string> {
  if (member.size > BOMB_SIZE && member.size > BOMB_RATIO * member.packedSize) {
    throw new KefuError('broken-archive', { file, data: { reason: 'zip bomb' } });
  }
  const decoder = new TextDecoder();
  let tail = '';
  let behind = false;
  for await (const piece of member.stream()) {
    tail += decoder.decode(piece, { stream: true });
    if (!behind) {
      const end = tail.search(CELLS_END);
      behind = end >= 0;
      tail = tail.slice(behind ? end : -LONGEST_TAG);
    } else if (tail.length > TAIL_LIMIT) tail = tail.slice(-LONGEST_TAG);
  }
  if (
    !new RegExp(`(?:</(?:\\w+:)?${root}\\s*>|<(?:\\w+:)?${root}\\b[^>]*/>)\\s*(?:<!--.*-->\\s*)?$`, 's').test(
      tail,
    )
  )
    throw new KefuError('broken-archive', { file, data: { reason: 'truncated' } });
  return tail;
}

const CELLS_END = /<\/(?:\w+:)?sheetData\s*>/;

/** No tag that is looked for is longer, so that one cut by the end of a piece is met with the next. */
const LONGEST_TAG = 64;

async function textOf(archive: Archive, name: string): Promise<string> {
  const member = archive.members.find((one) => one.name === name);
  if (member === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of member.stream()) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > TAIL_LIMIT) break;
  }
  return text;
}

/** Parts by the id that the workbook knows them by. */
function targetsOf(relations: string): Map<string, string> {
  return new Map(
    elements(relations, 'Relationship').map((one) => [
      attribute(one, 'Id') ?? '',
      attribute(one, 'Target') ?? '',
    ]),
  );
}

function pathOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

/** The opening tags of an element, whatever its namespace is called. */
function elements(xml: string, name: string): string[] {
  return xml.match(new RegExp(`<(?:\\w+:)?${name}\\s[^>]*>`, 'g')) ?? [];
}

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return match?.[1] ?? match?.[2];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : -1;
    if (code >= 0) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return ENTITIES[name] ?? whole;
  });
}

/** `A2:B9` as a block; nothing for what is none, or for a single row. */
function mergeOf(reference: string): Merge[] {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference);
  if (match === null) return [];
  const merge = {
    left: columnOf(match[1]!),
    top: Number(match[2]),
    right: columnOf(match[3]!),
    bottom: Number(match[4]),
  };
  return merge.bottom > merge.top && merge.right >= merge.left ? [merge] : [];
}

function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
