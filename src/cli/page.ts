import { type ColorLevel, type ColorWhen, colorLevelOf, type Io, widthOf } from './io.js';
import { indent, padEnd, wrap } from './layout.js';
import { StreamSink } from './stream-sink.js';

/** Widest text that reads well. */
const READABLE = 100;

/** A readable page for standard output, built piece by piece. */
export class Page {
  private text = '';
  private readonly width: number | null;
  private readonly level: ColorLevel;

  constructor(
    private readonly io: Io,
    when: ColorWhen = 'auto',
  ) {
    const width = widthOf(io.stdout);
    this.width = width === null ? null : Math.min(width, READABLE);
    this.level = colorLevelOf(when, io.stdout, io.env);
  }

  heading(text: string): this {
    this.text += `${this.text === '' ? '' : '\n'}${this.bold(text)}\n`;
    return this;
  }

  /** A paragraph, indented by `depth` steps of two. */
  paragraph(text: string, depth = 0): this {
    const prefix = '  '.repeat(depth);
    const width = this.width === null ? null : this.width - prefix.length;
    this.text += `${indent(wrap(text, width), prefix)}\n`;
    return this;
  }

  /** One line as it is, however wide. */
  line(text: string): this {
    this.text += `${text}\n`;
    return this;
  }

  /** Name and text beside each other, the names filled up to one width. */
  rows(rows: readonly (readonly [name: string, text: string])[], nameWidth: number): this {
    for (const [name, text] of rows) {
      const head = `  ${padEnd(name, nameWidth)}  `;
      const room = this.width === null ? null : Math.max(20, this.width - nameWidth - 4);
      this.text += `${head}${indent(wrap(text, room), ' '.repeat(nameWidth + 4)).trimStart()}\n`;
    }
    return this;
  }

  bold(text: string): string {
    return this.level === 0 ? text : `\u001b[1m${text}\u001b[22m`;
  }

  /** Writes the page. @throws KefuError `write-failed` */
  async print(): Promise<void> {
    const out = new StreamSink(this.io.stdout);
    await out.write(this.text);
    await out.commit();
  }
}
