/**
 * Lines of this many UTF-16 units or more are too long: they are handed on cut to exactly this length, so that a
 * hostile or broken file cannot fill the memory.
 */
export const MAX_LINE_LENGTH = 4 * 1024 * 1024;

/** True for a line that {@link lineBatches} may have cut. Readers count it as a `too-long` skip where it is a record. */
export function isCutLine(line: string): boolean {
  return line.length >= MAX_LINE_LENGTH;
}

const LF = 10;
const CR = 13;

/**
 * Splits decoded text into lines, a batch for each chunk that ends at least one line.
 *
 * A line ends at `\n`, and one `\r` before it belongs to the line end. Files whose first line ends in a lone `\r` (old
 * Macintosh) are split at `\r` too. Nothing else ends a line: U+2028, U+0085 and form feeds occur inside messages. The
 * result does not depend on where the chunks are cut. A last line without an end is handed on, an empty one is not.
 */
export async function* lineBatches(chunks: AsyncIterable<string>): AsyncGenerator<string[]> {
  const splitter = new LineSplitter();
  for await (const chunk of chunks) {
    const lines = splitter.push(chunk);
    if (lines.length > 0) yield lines;
  }
  const rest = splitter.end();
  if (rest.length > 0) yield rest;
}

/** The state behind {@link lineBatches}, for callers that already have the chunks in hand. */
export class LineSplitter {
  /** Pieces of the line that no line end has closed yet; joined once, so that long lines stay linear. */
  private pieces: string[] = [];
  private length = 0;
  /** Decided by the first line end of the text; null before it. */
  private macintosh: boolean | null = null;
  /** A run of `\r` at the end of a chunk, where the next character can change what it means. */
  private held = '';

  /**
   * True for a chunk of whole lines that end in `\n`, where nothing before it waits for its end. Whoever asks may take it
   * apart line by line, and then does not push it.
   */
  isWhole(chunk: string): boolean {
    if (this.length > 0 || this.held !== '' || chunk.length >= MAX_LINE_LENGTH) return false;
    if (chunk.charCodeAt(chunk.length - 1) !== LF) return false;
    this.macintosh ??= firstEndIsLoneReturn(chunk);
    return this.macintosh === false;
  }

  /** The lines that `chunk` completes. */
  push(chunk: string): string[] {
    let text = chunk;
    if (this.held !== '') {
      text = this.held + text;
      this.held = '';
    }
    if (this.macintosh === null) {
      this.macintosh = firstEndIsLoneReturn(text);
      if (this.macintosh === null) text = this.hold(text, text.indexOf('\r'));
    }
    if (this.macintosh === true && text.endsWith('\r')) text = this.hold(text, text.length - 1);
    return this.split(text);
  }

  /** The last line, if anything is left. */
  end(): string[] {
    // A `\r` that nothing follows ends its line.
    if (this.held !== '') this.macintosh = true;
    const lines = this.split(this.held);
    this.held = '';
    if (this.length > 0) lines.push(this.close(''));
    return lines;
  }

  /** Keeps `text` from `start` on for the next chunk, whose first character decides what it means. */
  private hold(text: string, start: number): string {
    if (start < 0) return text;
    this.held = text.slice(start);
    return text.slice(0, start);
  }

  private split(text: string): string[] {
    const first = this.macintosh === true ? text.search(/[\r\n]/) : text.indexOf('\n');
    if (first < 0) {
      this.keep(text);
      return [];
    }
    const lines = this.macintosh === true ? text.split(/\r\n|[\r\n]/) : text.split('\n');
    const rest = lines.pop()!;
    for (let index = 0; index < lines.length; index++) {
      const line = lines[index]!;
      if (index === 0 && this.length > 0) lines[0] = this.close(line);
      else lines[index] = trimEnd(line);
    }
    this.keep(rest);
    return lines;
  }

  private keep(piece: string): void {
    if (piece === '') return;
    this.length += piece.length;
    // Beyond the limit only the length is of interest (one piece more may be a `\r` that closes the line).
    if (this.length - piece.length <= MAX_LINE_LENGTH) this.pieces.push(piece);
  }

  private close(piece: string): string {
    this.keep(piece);
    const line = this.pieces.length === 1 ? this.pieces[0]! : this.pieces.join('');
    this.pieces = [];
    this.length = 0;
    return trimEnd(line);
  }
}

function trimEnd(line: string): string {
  const last = line.length - 1;
  const trimmed = last >= 0 && line.charCodeAt(last) === CR ? line.slice(0, last) : line;
  return trimmed.length > MAX_LINE_LENGTH ? cut(trimmed) : trimmed;
}

/** Cut to the limit; half a surrogate pair at the cut becomes U+FFFD. */
function cut(line: string): string {
  const code = line.charCodeAt(MAX_LINE_LENGTH - 1);
  if (code >= 0xd800 && code <= 0xdbff) return `${line.slice(0, MAX_LINE_LENGTH - 1)}\uFFFD`;
  return line.slice(0, MAX_LINE_LENGTH);
}

/** Whether the first line end of a text is a lone `\r`; null where it has none yet or its next character is missing. */
function firstEndIsLoneReturn(text: string): boolean | null {
  const feed = text.indexOf('\n');
  const back = text.indexOf('\r');
  if (back < 0) return feed < 0 ? null : false;
  if (feed >= 0 && feed < back) return false;
  // `\r\r\n` is what a doubly converted Windows file holds; a longer run is blank lines.
  for (let index = back + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === LF) return false;
    if (code !== CR || index - back > 8) return true;
  }
  return null;
}
