import { EdgeTable, MOST_SYMBOLS } from './edge-table.js';
import { BOUNDARY, type Symbols } from './ngrams.js';

/** The symbol of characters that no n-gram holds. */
const UNKNOWN = 0;
/** The symbol, and the node, of {@link BOUNDARY}. */
const EDGE = 1;

/** N-grams with their weights, for adding up those of a text in one pass. */
export class GramTrie {
  readonly weights: ReadonlyMap<string, number>;
  private readonly symbolOf = new Uint16Array(65536);
  private readonly edges: EdgeTable;
  private readonly weightOf: Int16Array;
  /** By node: the text that last counted it, so that each counts once. */
  private readonly countedIn: Uint32Array;
  private text = 0;

  constructor(weights: ReadonlyMap<string, number>) {
    this.weights = weights;
    let nodes = EDGE + 1;
    let limit = nodes;
    this.symbolOf[BOUNDARY] = EDGE;
    for (const gram of weights.keys()) {
      limit += gram.length * 2;
      for (let at = 0; at < gram.length; at++) {
        const unit = gram.charCodeAt(at);
        if (this.symbolOf[unit] === UNKNOWN) this.symbolOf[unit] = nodes++;
      }
    }
    if (nodes >= MOST_SYMBOLS) throw new RangeError(`${nodes} different characters`);
    this.edges = new EdgeTable(limit);
    this.weightOf = new Int16Array(limit);
    this.countedIn = new Uint32Array(limit);
    for (const [gram, weight] of weights) {
      // The node of a single character is its symbol.
      let node = this.symbolOf[gram.charCodeAt(0)]!;
      for (let at = 1; at < gram.length; at++) {
        const symbol = this.symbolOf[gram.charCodeAt(at)]!;
        let next = this.edges.get(node, symbol);
        if (next === 0) {
          next = nodes++;
          this.edges.set(node, symbol, next);
        }
        node = next;
      }
      this.weightOf[node] = weight;
    }
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
