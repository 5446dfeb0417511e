import { Chalk, type ColorSupportLevel } from 'chalk';
import type { Severity } from '../model/finding.js';

type Paint = (text: string) => string;

/** The few styles that formats for people use. What a colour says, a symbol or word says as well. */
export interface Style {
  title: Paint;
  strong: Paint;
  faint: Paint;
  bad: Paint;
  warn: Paint;
  good: Paint;
  quote: Paint;
  severity: Record<Severity, Paint>;
}

export function styleOf(level: ColorSupportLevel): Style {
  const chalk = new Chalk({ level });
  return {
    title: chalk.bold.underline,
    strong: chalk.bold,
    faint: chalk.dim,
    bad: chalk.red.bold,
    warn: chalk.yellow,
    good: chalk.green,
    quote: chalk.red.bold,
    severity: { error: chalk.red.bold, warning: chalk.yellow.bold, info: chalk.cyan },
  };
}
