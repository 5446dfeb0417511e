import { FOLD, foldAstral, KIND, Kind } from './characters.js';

/** The first UTF-16 unit of the skeleton of a text (see scanner.ts), or 0 where it has none. */
export function firstSymbol(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const symbol = symbolAt(text, at);
    if (symbol > 0) return symbol;
  }
  return 0;
}

/** The last UTF-16 unit of the skeleton of a text, or 0 where it has none. */
export function lastSymbol(text: string): number {
  for (let at = text.length - 1; at >= 0; at--) {
    const symbol = symbolAt(text, at);
    if (symbol > 0) return symbol;
  }
  return 0;
}

/** The symbol of a unit; of a pair of surrogates what it folds to, or each by itself; 0 for what is left out. */
function symbolAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  const kind = KIND[unit]!;
  if (kind === Kind.dropped || kind === Kind.separator || kind === Kind.punctuation) return 0;
  if (kind !== Kind.highSurrogate && kind !== Kind.lowSurrogate) return FOLD[unit]!;
  const from = kind === Kind.highSurrogate ? at : at - 1;
  const point = text.codePointAt(from) ?? 0;
  const to = point > 0xffff ? foldAstral(point) : -1;
  return to >= 0 ? to : unit;
}
