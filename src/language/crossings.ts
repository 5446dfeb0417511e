import { firstSymbol, lastSymbol } from './skeleton.js';
import type { Disguises, Node } from './template.js';
import { isBreak } from './units.js';

/** Stands for any symbol: what a gap may end or begin with. */
const ANY = 0;

/** Symbols, and whether there may be none at all. */
interface Ends {
  symbols: ReadonlySet<number>;
  mayBeEmpty: boolean;
}

const NOTHING: Ends = { symbols: new Set(), mayBeEmpty: true };
/** Before a form anything may stand: one that begins with a mark begins at the end of a unit. */
const ANYTHING: Ends = { symbols: new Set([ANY]), mayBeEmpty: false };

/**
 * The places at which a template goes on behind a mark that ends a unit, as pairs of the symbols before and after it (see
 * {@link crossingOf}). A template that ends with the mark does not go on.
 */
export function breakCrossings(nodes: readonly Node[], disguises: Disguises): number[] {
  const found = new Set<number>();
  visit(nodes, ANYTHING, NOTHING, disguises, (before, after) => {
    for (const last of before.symbols) {
      for (const first of after.symbols) found.add(crossingOf(last, first));
    }
  });
  return [...found];
}

/** Whether a match may end with a mark that ends a unit: what follows it is in the next one then. */
export function mayEndWithBreak(nodes: readonly Node[]): boolean {
  for (const node of nodes.toReversed()) {
    if (node.type === 'char') return isBreak(node.char.charCodeAt(0));
    if (node.type === 'gap') return false;
    if (node.type === 'choice') return node.options.some(mayEndWithBreak);
    if (mayEndWithBreak(node.nodes)) return true;
  }
  return false;
}

/** The symbols before and after a mark as one number; 0 stands for any symbol. */
export function crossingOf(last: number, first: number): number {
  return last * 0x10000 + first;
}

function visit(
  nodes: readonly Node[],
  before: Ends,
  after: Ends,
  disguises: Disguises,
  cross: (before: Ends, after: Ends) => void,
): void {
  if (!nodes.some(holdsBreak)) return;
  nodes.forEach((node, at) => {
    const isMark = node.type === 'char' && isBreak(node.char.charCodeAt(0));
    if (!isMark && node.type !== 'choice' && node.type !== 'optional') return;
    const earlier = joined(
      before,
      nodes.slice(0, at).map((one) => endsOf(one, disguises, lastSymbol)),
    );
    const later = joined(
      after,
      nodes
        .slice(at + 1)
        .reverse()
        .map((one) => endsOf(one, disguises, firstSymbol)),
    );
    if (isMark) cross(earlier, later);
    else if (node.type === 'choice') {
      for (const option of node.options) visit(option, earlier, later, disguises, cross);
    } else if (node.type === 'optional') visit(node.nodes, earlier, later, disguises, cross);
  });
}

function holdsBreak(node: Node): boolean {
  if (node.type === 'char') return isBreak(node.char.charCodeAt(0));
  if (node.type === 'choice') return node.options.some((option) => option.some(holdsBreak));
  return node.type === 'optional' && node.nodes.some(holdsBreak);
}

/** What a row of parts ends with, the nearest last; what may be absent lets the one before show. */
function joined(outer: Ends, parts: readonly Ends[]): Ends {
  return parts.reduce(
    (so, { symbols, mayBeEmpty }) =>
      mayBeEmpty
        ? { symbols: new Set([...so.symbols, ...symbols]), mayBeEmpty: so.mayBeEmpty }
        : { symbols, mayBeEmpty },
    outer,
  );
}

function endsOf(node: Node, disguises: Disguises, symbolOf: (text: string) => number): Ends {
  if (node.type === 'gap') return { symbols: new Set([ANY]), mayBeEmpty: node.min === 0 };
  if (node.type === 'char') {
    const written = [node.char, ...disguises.substitutes(node.char).map(({ text }) => text)];
    const symbols = new Set(written.map(symbolOf).filter((symbol) => symbol > 0));
    return { symbols, mayBeEmpty: symbols.size === 0 };
  }
  const options = node.type === 'choice' ? node.options : [node.nodes];
  const ends = options.map((option) => {
    const row = symbolOf === lastSymbol ? option : option.toReversed();
    return joined(
      NOTHING,
      row.map((one) => endsOf(one, disguises, symbolOf)),
    );
  });
  return {
    symbols: new Set(ends.flatMap(({ symbols }) => [...symbols])),
    mayBeEmpty: node.type === 'optional' || ends.some(({ mayBeEmpty }) => mayBeEmpty),
  };
}
