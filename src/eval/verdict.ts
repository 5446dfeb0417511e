/** What an annotator says of a turn: 0 is not so, 1 is borderline, 2 is clearly so. */
export type Verdict = 0 | 1 | 2;

/** Words that people write into the cells of a sheet. */
const WORDS: Readonly<Record<Verdict, readonly string[]>> = {
  0: ['0', '否', '无', '没有', '不是', '×', 'x', 'n', 'no', 'false'],
  1: ['1', '存疑', '边缘', '轻微', 'borderline'],
  2: ['2', '是', '有', '明显', '√', '✓', '✔', 'y', 'yes', 'true'],
};

const BY_WORD: ReadonlyMap<string, Verdict> = new Map(
  ([0, 1, 2] as const).flatMap((verdict) => WORDS[verdict].map((word) => [word, verdict] as const)),
);

/**
 * Reads a verdict: 0, 1, 2, yes or no in either language.
 *
 * @returns null where nothing was said, undefined where what was said is no verdict
 */
export function readVerdict(value: unknown): Verdict | null | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 2 : 0;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const word = String(value).normalize('NFKC').trim().toLowerCase().replace(/\.0$/, '');
  return word === '' ? null : BY_WORD.get(word);
}

/** What all annotators together say: `unsure` lies between "not so" and the bar. */
export type Truth = 'positive' | 'negative' | 'unsure';

/**
 * The mean of the verdicts against a bar: at or above it the turn is positive, at 0 negative, between them unsure.
 *
 * @param verdicts at least one
 */
export function truthOf(verdicts: readonly Verdict[], positiveAt: number): Truth {
  const mean = verdicts.reduce((sum: number, one) => sum + one, 0) / verdicts.length;
  if (mean >= positiveAt) return 'positive';
  return mean === 0 ? 'negative' : 'unsure';
}
