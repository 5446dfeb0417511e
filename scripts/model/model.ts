import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AbuseModel } from '../../src/language/abuse-model.js';
import { formatModel } from '../../src/language/model-file.js';
import { randomFrom, readTrainingLines, type TrainingLine } from './expand.js';
import { learn, type Sample, sampleOf, scoreOf } from './learn.js';

export type LabelledLine = TrainingLine & Sample;

/** Lines that a template gives at most: abusive, harmless. */
const MOST = { abusive: 20, harmless: 32 } as const;
const FOLDS = 5;
/** Weights nearer to zero than this many hundredths are left out. */
const SMALLEST = 8;
/** The share of held-out harmless lines, written to look dangerous, that the threshold lets through. */
const LET_THROUGH = { agent: 0.02, customer: 0.04 } as const;
/** Whose words a model judges. */
export type Side = 'agent' | 'customer';

/** Headings of what customers say. */
const CUSTOMERS = /customer|complaints/;
/** Headings of abuse that a customer may be guilty of; what else there is takes power over somebody. */
const ABUSE_BY_CUSTOMERS = /customer|by either/;

/**
 * The lines of the project's own writing, with their labels, that the model of one side is trained on. Harmless talk is
 * harmless in anybody's mouth, and customers' insults would be worse in an agent's.
 */
export function readLines(side: Side = 'agent'): LabelledLine[] {
  const abusive = read('abusive').filter(({ kind }) => side === 'agent' || ABUSE_BY_CUSTOMERS.test(kind));
  return [
    ...abusive.map((line): LabelledLine => ({ ...line, ...sampleOf(line.text, 1) })),
    ...read('harmless').map((line): LabelledLine => ({ ...line, ...sampleOf(line.text, -1) })),
  ];
}

/** Whether a line is of the side that the threshold is for. */
function isOf(side: Side, { kind }: TrainingLine): boolean {
  return CUSTOMERS.test(kind) === (side === 'customer');
}

function read(name: keyof typeof MOST): TrainingLine[] {
  return readTrainingLines(source('lists') + source(name), MOST[name]);
}

function source(name: string): string {
  return readFileSync(new URL(`lines/${name}.txt`, import.meta.url), 'utf8');
}

/** Lines of other people: JSON Lines of `{text, label}`. */
export function readOthers(file: string): Sample[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { text, label } = JSON.parse(line) as { text: string; label: number };
      return sampleOf(text, label === 1 ? 1 : -1);
    });
}

/** Digest of the lines, as the file of weights names it. */
export function digestOf(lines: readonly TrainingLine[]): string {
  const hash = createHash('sha256');
  for (const { kind, text } of lines) hash.update(`${kind}\0${text}\n`);
  return hash.digest('hex').slice(0, 16);
}

/** The score of each line by a model that saw no line of its template. */
export function heldOutScores(lines: readonly LabelledLine[], others: readonly Sample[]): number[] {
  const folds = lines.map(({ template }) => randomFrom(template)() % FOLDS);
  const scores = new Array<number>(lines.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const learned = learn([...lines.filter((_, at) => folds[at] !== fold), ...others]);
    lines.forEach((line, at) => {
      if (folds[at] === fold) scores[at] = scoreOf(line, learned);
    });
  }
  return scores;
}

/** The score that a share of the harmless lines of one side is above. */
function thresholdAt(
  share: number,
  side: Side,
  lines: readonly LabelledLine[],
  scores: readonly number[],
): number {
  const harmless = scores
    .filter((_, at) => lines[at]!.label === -1 && isOf(side, lines[at]!))
    .sort((a, b) => b - a);
  return harmless[Math.floor(harmless.length * share)]!;
}

/** What is found at several thresholds: the share of held-out abusive lines, each template counting once. */
export function thresholdTable(
  side: Side,
  lines: readonly LabelledLine[],
  scores: readonly number[],
): string {
  const sizes = new Map<string, number>();
  for (const { template } of lines) sizes.set(template, (sizes.get(template) ?? 0) + 1);
  return [0.002, 0.005, 0.01, 0.02, 0.05]
    .map((share) => {
      const threshold = thresholdAt(share, side, lines, scores);
      let found = 0;
      let all = 0;
      lines.forEach((line, at) => {
        if (line.label === -1 || !isOf(side, line)) return;
        const part = 1 / sizes.get(line.template)!;
        all += part;
        if (scores[at]! > threshold) found += part;
      });
      return `harmless above ${(share * 100).toFixed(1)} %  threshold ${threshold.toFixed(2)}  abusive found ${((found / all) * 100).toFixed(0)} %`;
    })
    .join('\n');
}

/** The file of weights that lines give. */
export function modelFile(
  side: Side,
  lines: readonly LabelledLine[],
  others: readonly Sample[] = [],
): string {
  const threshold = thresholdAt(LET_THROUGH[side], side, lines, heldOutScores(lines, others));
  return fileOf(lines, others, Math.ceil(threshold * 100));
}

/** The same with a threshold, in hundredths, that is known already: holding lines out takes most of the time. */
export function fileOf(lines: readonly LabelledLine[], others: readonly Sample[], threshold: number): string {
  const { weights, bias } = learn([...lines, ...others]);
  const model = {
    lines: digestOf(lines),
    bias: Math.round(bias * 100),
    threshold,
    weights: hundredths(weights),
    characters: hundredths(learn(lines.map(onlyCharacters)).weights),
    gate: LOWEST,
  };
  // Without a gate first, to see what it must let pass.
  const open = new AbuseModel(formatModel(model, COMMENT));
  const sums = lines
    .filter(({ text }) => open.suspects(text))
    .map(({ text }) => gateSum(text, model.characters));
  sums.sort((a, b) => a - b);
  return formatModel({ ...model, gate: sums[Math.floor(sums.length * LOST_AT_GATE)]! }, COMMENT);
}

const COMMENT =
  'Made by scripts/model/train.ts from the lines beside it; docs/abuse-model.md tells how. Do not edit.\n# is the edge of a stretch of Han characters; numbers are hundredths. Characters of the gate first, then n-grams.';
const LOWEST = -1_000_000;
/** The share of suspected lines that the gate may lose. */
const LOST_AT_GATE = 0.02;

function hundredths(weights: ReadonlyMap<string, number>): Map<string, number> {
  return new Map(
    [...weights]
      .map(([gram, weight]) => [gram, Math.round(weight * 100)] as const)
      .filter(([, weight]) => Math.abs(weight) >= SMALLEST),
  );
}

function onlyCharacters({ grams, length, label }: Sample): Sample {
  return { grams: grams.filter((gram) => gram.length === 1), length, label };
}

function gateSum(text: string, characters: ReadonlyMap<string, number>): number {
  return [...text].reduce((sum, char) => sum + (characters.get(char) ?? 0), 0);
}
