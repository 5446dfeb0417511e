import { gramsOf, newSymbols, readSymbols } from '../../src/language/ngrams.js';
import { randomFrom } from './expand.js';

/** A line with its n-grams. */
export interface Sample {
  grams: readonly string[];
  /** Its length in symbols. */
  length: number;
  /** 1 for abuse, -1 for harmless talk. */
  label: 1 | -1;
}

/** Weights by n-gram, and what is added to every score. */
export interface Learned {
  weights: Map<string, number>;
  bias: number;
}

/** How much an error costs against the size of the weights. */
const COST = 0.3;
const ROUNDS = 12;

const symbols = newSymbols();

export function sampleOf(text: string, label: 1 | -1): Sample {
  readSymbols(text, symbols);
  return { grams: [...gramsOf(symbols)], length: symbols.length, label };
}

/**
 * Fits a linear support vector machine with squared hinge loss by dual coordinate descent (Hsieh and others 2008). A line
 * scores the sum of its n-grams' weights over the root of its length, plus the bias. Additions, multiplications,
 * divisions and roots of doubles alone, in a fixed order: the same weights on every machine. N-grams of a single line
 * are left out.
 */
export function learn(samples: readonly Sample[]): Learned {
  const counts = new Map<string, number>();
  for (const { grams } of samples) for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  const places = new Map<string, number>();
  for (const [gram, count] of counts) if (count > 1) places.set(gram, places.size);
  const features = samples.map(({ grams }) =>
    Int32Array.from(grams.flatMap((gram) => places.get(gram) ?? [])),
  );
  const roots = samples.map(({ length }) => Math.sqrt(length));
  const weights = new Float64Array(places.size);
  let bias = 0;
  const alphas = new Float64Array(samples.length);
  const order = samples.map((_, index) => index);
  const random = randomFrom('order of samples');
  const slack = 1 / (2 * COST);
  for (let round = 0; round < ROUNDS; round++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = random() % (at + 1);
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    for (const index of order) {
      const { label, length } = samples[index]!;
      const own = features[index]!;
      const root = roots[index]!;
      let sum = 0;
      for (const place of own) sum += weights[place]!;
      const gradient = label * (sum / root + bias) - 1 + slack * alphas[index]!;
      const alpha = Math.max(0, alphas[index]! - gradient / (own.length / length + 1 + slack));
      const step = (alpha - alphas[index]!) * label;
      if (step === 0) continue;
      alphas[index] = alpha;
      bias += step;
      for (const place of own) weights[place]! += step / root;
    }
  }
  return { weights: new Map([...places].map(([gram, place]) => [gram, weights[place]!])), bias };
}

export function scoreOf({ grams, length }: Sample, { weights, bias }: Learned): number {
  let sum = 0;
  for (const gram of grams) sum += weights.get(gram) ?? 0;
  return sum / Math.sqrt(length) + bias;
}
