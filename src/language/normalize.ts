import { FOLD, foldAstral, KIND, Kind } from './characters.js';

/**
 * A folded text with the way back to the raw one. Unit `i` of `text` was written as `raw.slice(starts[i], ends[i])`;
 * both arrays never decrease. Separators, repeated characters and everything that depends on the entry stay as they
 * are: they are a matter of matching, not of the text.
 */
export interface Normalized {
  raw: string;
  text: string;
  /** Raw offset at which unit `i` starts. Null where raw and folded text have the same offsets. */
  starts: Int32Array | null;
  /** Raw offset after unit `i`, with the marks that are written onto it. Null like `starts`. */
  ends: Int32Array | null;
}

let units = new Uint16Array(1024);
let startBuffer = new Int32Array(1024);
let endBuffer = new Int32Array(1024);

/**
 * Folds width, case, accents, look-alike letters, compatibility forms and Traditional characters, one for one, and drops
 * zero-width and combining marks.
 */
export function normalize(raw: string): Normalized {
  const length = raw.length;
  if (isFolded(raw)) return { raw, text: raw, starts: null, ends: null };
  if (units.length < length) {
    units = new Uint16Array(length * 2);
    startBuffer = new Int32Array(length * 2);
    endBuffer = new Int32Array(length * 2);
  }
  let size = 0;
  let aligned = true;
  for (let i = 0; i < length; i++) {
    const unit = raw.charCodeAt(i);
    const kind = KIND[unit]!;
    if (kind === Kind.dropped) {
      aligned = false;
      // Marks belong to the character they are written onto; other invisible units belong to nothing.
      if (size > 0 && isMark(unit)) endBuffer[size - 1] = i + 1;
      continue;
    }
    if (kind === Kind.highSurrogate && i + 1 < length && KIND[raw.charCodeAt(i + 1)] === Kind.lowSurrogate) {
      const low = raw.charCodeAt(i + 1);
      const to = foldAstral(((unit - 0xd800) << 10) + (low - 0xdc00) + 0x10000);
      if (to >= 0) aligned = false;
      if (to === 0) {
        if (size > 0) endBuffer[size - 1] = i + 2;
      } else if (to > 0) {
        units[size] = to;
        startBuffer[size] = i;
        endBuffer[size++] = i + 2;
      } else {
        units[size] = unit;
        startBuffer[size] = i;
        endBuffer[size++] = i + 2;
        units[size] = low;
        startBuffer[size] = i;
        endBuffer[size++] = i + 2;
      }
      i++;
      continue;
    }
    units[size] = FOLD[unit]!;
    startBuffer[size] = i;
    endBuffer[size++] = i + 1;
  }
  const text = fromUnits(size);
  return aligned
    ? { raw, text, starts: null, ends: null }
    : { raw, text, starts: startBuffer.slice(0, size), ends: endBuffer.slice(0, size) };
}

/** Whether folding would change nothing: most texts are typed plainly. */
function isFolded(raw: string): boolean {
  for (let i = 0; i < raw.length; i++) {
    const unit = raw.charCodeAt(i);
    const kind = KIND[unit]!;
    if (FOLD[unit] !== unit || kind === Kind.dropped || kind === Kind.highSurrogate) return false;
  }
  return true;
}

/** The raw span of folded units `[from, to)`; never empty, never inside a surrogate pair. */
export function rawSpan(normalized: Normalized, from: number, to: number): [number, number] {
  const { starts, ends } = normalized;
  if (starts !== null && ends !== null) return [starts[from]!, ends[to - 1]!];
  const end = startOfPair(normalized.raw, to) < to ? to + 1 : to;
  return [startOfPair(normalized.raw, from), end];
}

/** `at`, or the place before it where `at` is in the middle of a surrogate pair. */
function startOfPair(raw: string, at: number): number {
  const middle =
    KIND[raw.charCodeAt(at)] === Kind.lowSurrogate && KIND[raw.charCodeAt(at - 1)] === Kind.highSurrogate;
  return middle ? at - 1 : at;
}

/** The steps that changed the folded units `[from, to)`, in reading order, each once. */
export function foldSteps(normalized: Normalized, from: number, to: number): string[] {
  const { raw, text, starts, ends } = normalized;
  if (starts === null && raw === text) return [];
  const steps: string[] = [];
  const add = (step: string) => {
    if (!steps.includes(step)) steps.push(step);
  };
  for (let i = from; i < to; i++) {
    const start = starts === null ? i : starts[i]!;
    const end = ends === null ? i + 1 : ends[i]!;
    const written = raw.slice(start, end);
    if (i > from && starts !== null && start > ends![i - 1]!) add('zero-width');
    if (written === text[i] || KIND[text.charCodeAt(i)]! >= Kind.highSurrogate) continue;
    add(stepOf(written, text[i]!));
  }
  return steps;
}

function stepOf(written: string, folded: string): string {
  const base = String.fromCodePoint(written.codePointAt(0)!);
  if (base === folded) return 'mark';
  if (base.toLowerCase() === folded) return 'case';
  const plain = base.normalize('NFKC').toLowerCase();
  if (plain === folded) return 'width';
  if (plain.normalize('NFKD')[0] === folded) return 'accent';
  if (KIND[folded.charCodeAt(0)] === Kind.han && KIND[base.charCodeAt(0)] === Kind.han)
    return `traditional ${base}→${folded}`;
  return `look-alike ${base}→${folded}`;
}

function isMark(unit: number): boolean {
  return (
    (unit >= 0x300 && unit <= 0x36f) ||
    (unit >= 0x20d0 && unit <= 0x20ff) ||
    (unit >= 0xfe00 && unit <= 0xfe2f)
  );
}

function fromUnits(size: number): string {
  if (size <= 4096) return String.fromCharCode.apply(null, units.subarray(0, size) as unknown as number[]);
  let text = '';
  for (let i = 0; i < size; i += 4096) {
    text += String.fromCharCode.apply(
      null,
      units.subarray(i, Math.min(size, i + 4096)) as unknown as number[],
    );
  }
  return text;
}
