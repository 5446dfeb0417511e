import { MAX_LINE_LENGTH } from './lines.js';

/** One value of a JSON document, handed out as soon as its end has been read. */
export interface JsonValue {
  /** Key of the top-level object under which it stands, or null in a top-level array or alone. */
  key: string | null;
  /** True for an element of an array (of the top level, or directly under a key of it). */
  isElement: boolean;
  /** The parsed value; undefined where the text is not JSON, is cut off, or is too long. */
  value: unknown;
  problem: 'bad-json' | 'too-long' | null;
  /** 1-based line where it starts. */
  line: number;
  /** The first characters of a text that is not JSON. */
  detail: string;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Pictures inside a document (avatars as base64) may be long; a value longer than this is given up. */
const MAX_VALUE_LENGTH = 16 * MAX_LINE_LENGTH;

const OPENING = /[[{]/g;

/** Where the splitter stands in the document. */
type Place = 'outside' | 'array' | 'object' | 'key' | 'inner-array';

/**
 * Takes a JSON document apart as it streams in: the elements of a top-level array, or of the arrays directly under the
 * keys of a top-level object, one by one, and the other values of such an object whole. So a file of a gigabyte of
 * messages is read in the memory of one message.
 *
 * A value that is not JSON costs that value; a document that is cut off costs its last one.
 */
export class JsonSplitter {
  /** Lines consumed so far. */
  lineCount = 0;

  private text = '';
  private at = 0;
  /** The next line feed that has not been counted. */
  private feed = Number.POSITIVE_INFINITY;
  private place: Place = 'outside';
  private key: string | null = null;
  /** Scan of the value that `at` stands on, as far as it has come. */
  private scanned = -1;
  private depth = 0;
  private inString = false;
  private final = false;
  /** False where the last line is not closed. */
  private endsLine = true;

  push(chunk: string): JsonValue[] {
    const kept = this.at;
    if (chunk !== '') this.endsLine = /[\n\r]$/.test(chunk);
    this.countLines(kept);
    this.text = this.text.slice(kept) + chunk;
    this.at = 0;
    this.feed = this.feedFrom(0);
    if (this.scanned >= 0) this.scanned -= kept;
    const values: JsonValue[] = [];
    while (this.step(values)) {
      // One structural character or value at a time.
    }
    return values;
  }

  /** What is left when no more text comes. */
  end(): JsonValue[] {
    this.final = true;
    const values = this.push('');
    this.countLines(this.text.length);
    if (!this.endsLine) this.lineCount++;
    return values;
  }

  private step(values: JsonValue[]): boolean {
    if (this.scanned < 0) this.skipBlanks();
    const { text } = this;
    if (this.at >= text.length) return false;
    const code = text.charCodeAt(this.at);
    switch (this.place) {
      case 'outside':
        if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
          this.place = code === OPEN_ARRAY ? 'array' : 'object';
          this.at++;
          return true;
        }
        if (code === COMMA) {
          this.at++;
          return true;
        }
        return this.resync(values);
      case 'array':
      case 'inner-array':
        if (this.scanned >= 0) return this.value(values);
        if (code === COMMA) {
          this.at++;
          return true;
        }
        if (code === CLOSE_ARRAY) {
          this.place = this.place === 'array' ? 'outside' : 'object';
          this.at++;
          return true;
        }
        // Nothing can be read from here; a value of no length would be read for ever.
        if (code === CLOSE_OBJECT) return this.resync(values);
        return this.value(values);
      case 'object':
        if (this.scanned < 0) {
          if (code === COMMA) {
            this.at++;
            return true;
          }
          if (code === CLOSE_OBJECT) {
            this.place = 'outside';
            this.key = null;
            this.at++;
            return true;
          }
          if (code !== QUOTE) return this.resync(values);
        }
        return this.readKey(values);
      default:
        if (this.scanned < 0) {
          if (code === COLON) {
            this.at++;
            return true;
          }
          if (code === OPEN_ARRAY) {
            this.place = 'inner-array';
            this.at++;
            return true;
          }
        }
        return this.value(values);
    }
  }

  private readKey(values: JsonValue[]): boolean {
    const end = this.scan();
    if (end < 0) return this.final ? this.cutOff(values) : false;
    const name = parse(this.text.slice(this.at, end));
    this.at = end;
    this.scanned = -1;
    this.key = typeof name === 'string' ? name : '';
    this.place = 'key';
    return true;
  }

  private value(values: JsonValue[]): boolean {
    const isElement = this.place === 'array' || this.place === 'inner-array';
    const end = this.scan();
    if (end < 0) {
      if (this.text.length - this.at > MAX_VALUE_LENGTH) return this.giveUp(values);
      return this.final ? this.cutOff(values) : false;
    }
    const raw = this.text.slice(this.at, end);
    this.countLines(this.at);
    const value = parse(raw);
    values.push({
      key: this.key,
      isElement,
      value,
      problem: value === undefined ? 'bad-json' : null,
      line: this.lineCount + 1,
      detail: value === undefined ? raw.slice(0, 60) : '',
    });
    this.at = end;
    this.scanned = -1;
    if (this.place === 'key') this.place = 'object';
    return true;
  }

  /** Index behind the value that starts at `at`, or -1 where its end has not been read. */
  private scan(): number {
    const { text } = this;
    const { length } = text;
    let position = this.scanned;
    if (position < 0) {
      position = this.at;
      this.depth = 0;
      this.inString = false;
    }
    let depth = this.depth;
    for (;;) {
      if (this.inString) {
        const quote = text.indexOf('"', position);
        if (quote < 0) {
          position = length;
          break;
        }
        position = quote + 1;
        // An odd run of backslashes makes the quote part of the string.
        let back = quote - 1;
        while (back >= this.at && text.charCodeAt(back) === BACKSLASH) back--;
        if ((quote - back) % 2 === 0) continue;
        this.inString = false;
        if (depth === 0) return position;
        continue;
      }
      if (position >= length) break;
      const code = text.charCodeAt(position);
      if (code === QUOTE) {
        this.inString = true;
        position++;
      } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        depth++;
        position++;
      } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
        // The close of what holds a number, a word or nothing.
        if (depth === 0) return position;
        depth--;
        position++;
        if (depth === 0) return position;
      } else if (code === COMMA && depth === 0) {
        return position;
      } else {
        position++;
      }
    }
    this.depth = depth;
    this.scanned = position;
    return -1;
  }

  /** The text ends inside a value. */
  private cutOff(values: JsonValue[]): boolean {
    return this.problem(values, 'bad-json', this.text.length);
  }

  private giveUp(values: JsonValue[]): boolean {
    return this.problem(values, 'too-long', this.text.length);
  }

  /** Something that no JSON document has here: everything up to the next document is one bad value. */
  private resync(values: JsonValue[]): boolean {
    OPENING.lastIndex = this.at + 1;
    const end = OPENING.exec(this.text)?.index ?? this.text.length;
    return this.problem(values, 'bad-json', end);
  }

  private problem(values: JsonValue[], problem: 'bad-json' | 'too-long', end: number): boolean {
    this.countLines(this.at);
    const detail = this.text.slice(this.at, Math.min(end, this.at + 60));
    values.push({
      key: this.key,
      isElement: true,
      value: undefined,
      problem,
      line: this.lineCount + 1,
      detail,
    });
    this.at = end;
    this.scanned = -1;
    this.place = 'outside';
    this.key = null;
    return true;
  }

  private skipBlanks(): void {
    const { text } = this;
    let { at } = this;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09 && code !== 0xfeff) break;
      at++;
    }
    this.at = at;
  }

  private countLines(to: number): void {
    while (this.feed < to) {
      this.lineCount++;
      this.feed = this.feedFrom(this.feed + 1);
    }
  }

  private feedFrom(at: number): number {
    const feed = this.text.indexOf('\n', at);
    return feed < 0 ? Number.POSITIVE_INFINITY : feed;
  }
}

/** The value of a JSON text, or undefined where it is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** All values of a text at hand; the last is dropped where the text is only the head of a document. */
export function headValues(text: string): JsonValue[] {
  return new JsonSplitter().push(text);
}
