import { headValues, JsonSplitter, type JsonValue } from './json-values.js';
import { isCutLine, LineSplitter, MAX_LINE_LENGTH } from './lines.js';
import type { Head } from './reader.js';

/** What one chunk of a JSON or JSONL input completed. */
export interface JsonRecords {
  values: JsonValue[];
  lineCount: number;
}

/**
 * Records of formats that exist both as one JSON document and as JSON Lines. Which it is, is told by the first line that
 * is neither blank nor a `#` comment: an object that is whole on it and holds no list of objects makes the rest lines.
 */
export async function* jsonRecords(chunks: AsyncIterable<string>): AsyncGenerator<JsonRecords> {
  let start = '';
  let source: Source | null = null;
  for await (const chunk of chunks) {
    if (source !== null) {
      yield source.push(chunk);
      continue;
    }
    start += chunk;
    source = sourceOf(start, false);
    if (source === null) continue;
    yield source.push(start);
    start = '';
  }
  source ??= sourceOf(start, true)!;
  if (start !== '') yield source.push(start);
  yield source.end();
}

/** Null where more has to be read to tell. A document on one line is not held until its end. */
function sourceOf(start: string, isAll: boolean): Source | null {
  const { line, isWhole } = firstLine(start);
  if (isWhole || isAll) return isLineOfLines(line) ? new Lines() : new Document();
  const isList = /^[\s\uFEFF]*\[/.test(line);
  return isList || line.length > MAX_LINE_LENGTH ? new Document() : null;
}

/** The records in the head of an input, for sniffing; at most `limit`. */
export function headRecords(head: Head, limit: number): JsonValue[] {
  const first = head.lines.find(isContent);
  if (first === undefined || !/^\s*[[{]/.test(first.replace(/^\uFEFF/, ''))) return [];
  if (!isLineOfLines(first)) return headValues(head.text).slice(0, limit);
  const lines = head.lines.filter(isContent).slice(0, limit);
  return lines.map((line, index) => toValue(line, index + 1));
}

interface Source {
  push(chunk: string): JsonRecords;
  end(): JsonRecords;
}

class Lines implements Source {
  private readonly splitter = new LineSplitter();
  private number = 0;

  push(chunk: string): JsonRecords {
    return this.take(this.splitter.push(chunk));
  }

  end(): JsonRecords {
    return this.take(this.splitter.end());
  }

  private take(lines: string[]): JsonRecords {
    const values: JsonValue[] = [];
    for (const line of lines) {
      this.number++;
      if (isContent(line)) values.push(toValue(line, this.number));
    }
    return { values, lineCount: lines.length };
  }
}

class Document implements Source {
  private readonly splitter = new JsonSplitter();
  private lineCount = 0;

  push(chunk: string): JsonRecords {
    return this.take(this.splitter.push(chunk));
  }

  end(): JsonRecords {
    return this.take(this.splitter.end());
  }

  private take(values: JsonValue[]): JsonRecords {
    const lineCount = this.splitter.lineCount - this.lineCount;
    this.lineCount = this.splitter.lineCount;
    return { values, lineCount };
  }
}

function toValue(line: string, number: number): JsonValue {
  const value = isCutLine(line) ? undefined : parse(line);
  return {
    key: null,
    isElement: true,
    value,
    problem: value !== undefined ? null : isCutLine(line) ? 'too-long' : 'bad-json',
    line: number,
    detail: value === undefined ? line.slice(0, 60) : '',
  };
}

/** The first line with content, which may not be whole yet. */
function firstLine(text: string): { line: string; isWhole: boolean } {
  let at = 0;
  for (;;) {
    const newline = text.indexOf('\n', at);
    const line = newline < 0 ? text.slice(at) : text.slice(at, newline);
    if (newline < 0 || isContent(line)) return { line, isWhole: newline >= 0 };
    at = newline + 1;
  }
}

function isContent(line: string): boolean {
  const trimmed = line.trim();
  return trimmed !== '' && !trimmed.startsWith('#');
}

function isLineOfLines(line: string): boolean {
  const value = parse(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !Object.values(value).some(
    (inner) => Array.isArray(inner) && inner.some((one) => typeof one === 'object' && one !== null),
  );
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line.charCodeAt(0) === 0xfeff ? line.slice(1) : line) as unknown;
  } catch {
    return undefined;
  }
}
