import { EdgeTable, MOST_SYMBOLS } from './edge-table.js';
import { BOUNDARY, type Symbols } from './ngrams.js';

/** The symbol of characters that no n-gram holds. */
const UNKNOWN = 0;
/** The symbol, and the node, of {@link BOUNDARY}. */
const EDGE = 1;
const SPACE = 0x20;

/** N-grams with their weights as a trie, in numbers alone, so that the build can keep it. */
export interface GramTables {
  /** By UTF-16 unit; the node of a single character is its symbol. */
  symbolOf: Uint16Array;
  /** Edges of the trie; see {@link EdgeTable}. */
  edgeKeys: Int32Array;
  edgeTargets: Int32Array;
  /** By node. */
  weightOf: Int16Array;
}

/** @param part n-grams as the file of a model writes them: rows of a weight and those that have it */
export function gramTables(part: string): GramTables {
  const { symbolOf, count } = symbolsIn(part);
  const edges = new EdgeTable();
  // A node ends with a character of the file, each with another.
  const weightOf = new Int16Array(count + part.length);
  let nodes = count;
  const follow = (node: number, symbol: number): number => {
    let next = edges.get(node, symbol);
    if (next === 0) {
      next = nodes++;
      edges.set(node, symbol, next);
    }
    return next;
  };
  for (let at = 0; at < part.length; ) {
    const end = endOfRow(part, at);
    const space = part.indexOf(' ', at);
    const weight = Number(part.slice(at, space));
    let node = 0;
    for (at = space + 1; at <= end; at++) {
      if (at === end || part.charCodeAt(at) === SPACE) {
        if (node !== 0) weightOf[node] = weight;
        node = 0;
        continue;
      }
      const symbol = symbolOf[part.charCodeAt(at)]!;
      node = node === 0 ? symbol : follow(node, symbol);
    }
  }
  return { symbolOf, edgeKeys: edges.keys, edgeTargets: edges.targets, weightOf: weightOf.slice(0, nodes) };
}

/** Numbers the characters of the n-grams; digits and signs of the weights do no harm among them. */
function symbolsIn(part: string): { symbolOf: Uint16Array; count: number } {
  const symbolOf = new Uint16Array(65536);
  let count = EDGE + 1;
  symbolOf[BOUNDARY] = EDGE;
  for (let at = 0; at < part.length; at++) {
    const unit = part.charCodeAt(at);
    if (symbolOf[unit] === UNKNOWN && unit > SPACE) symbolOf[unit] = count++;
  }
  if (count >= MOST_SYMBOLS) throw new RangeError(`${count} different characters`);
  return { symbolOf, count };
}

/** N-grams with their weights, for adding up those of a text in one pass. */
export class GramTrie {
  private readonly symbolOf: Uint16Array;
  private readonly edges: EdgeTable;
  private readonly weightOf: Int16Array;
  /** By node: the text that last counted it, so that each counts once. */
  private readonly countedIn: Uint32Array;
  private text = 0;

  constructor({ symbolOf, edgeKeys, edgeTargets, weightOf }: GramTables) {
    this.symbolOf = symbolOf;
    this.edges = EdgeTable.of(edgeKeys, edgeTargets);
    this.weightOf = weightOf;
    this.countedIn = new Uint32Array(weightOf.length);
  }

  /** The weights of the different n-grams of a text. Allocates nothing. */
  sum({ codes, length }: Symbols): number {
    const { symbolOf, edges, weightOf, countedIn } = this;
    this.text = (this.text + 1) >>> 0;
    const mark = this.text;
    let sum = 0;
    let one = UNKNOWN;
    let two = 0;
    for (let at = 0; at < length; at++) {
      const symbol = symbolOf[codes[at]!]!;
      const three = two === 0 ? 0 : edges.get(two, symbol);
      two = one === UNKNOWN ? 0 : edges.get(one, symbol);
      one = symbol;
      if (countedIn[one] !== mark) {
        countedIn[one] = mark;
        sum += weightOf[one]!;
      }
      if (two !== 0 && countedIn[two] !== mark) {
        countedIn[two] = mark;
        sum += weightOf[two]!;
      }
      if (three !== 0 && countedIn[three] !== mark) {
        countedIn[three] = mark;
        sum += weightOf[three]!;
      }
      // No n-gram reaches over a boundary.
      if (symbol === EDGE) two = 0;
    }
    return sum;
  }
}

function endOfRow(part: string, from: number): number {
  const end = part.indexOf('\n', from);
  return end < 0 ? part.length : end;
}
