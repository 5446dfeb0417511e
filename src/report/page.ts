import { cut, wrap } from './layout.js';
import type { ReportOptions } from './reporter.js';
import type { Style } from './style.js';

const INDENT = '  ';

/** Lines of output, none wider than the terminal. */
export class Page {
  readonly options: ReportOptions;
  readonly style: Style;
  private readonly lines: string[] = [];

  constructor(options: ReportOptions, style: Style) {
    this.options = options;
    this.style = style;
  }

  add(...lines: string[]): void {
    this.addAll(lines);
  }

  /** As many as there are: the arguments of a call are limited in number. */
  addAll(lines: readonly string[]): void {
    for (const line of lines) this.lines.push(line);
  }

  /** A heading with an empty line before it. */
  title(text: string): void {
    this.lines.push('', this.style.title(cut(text, this.options.width)));
  }

  /** A sentence, wrapped and indented. `mark`, of two columns, takes the place of the first line's indent. */
  sentence(text: string, paint: (text: string) => string = same, mark = INDENT): void {
    const { width } = this.options;
    const room = width === null ? null : Math.max(1, width - INDENT.length);
    wrap(text, room).forEach((line, index) => {
      this.lines.push((index === 0 ? mark : INDENT) + paint(line));
    });
  }

  /** A sentence, wrapped, without an indent. */
  lead(text: string, paint: (text: string) => string): void {
    for (const line of wrap(text, this.options.width)) this.lines.push(paint(line));
  }

  toString(): string {
    return `${this.lines.join('\n')}\n`;
  }
}

export const same = (text: string): string => text;
