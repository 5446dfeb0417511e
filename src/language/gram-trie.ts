import { EdgeTable, MOST_SYMBOLS } from './edge-table.js';
import { BOUNDARY, type Symbols } from './ngrams.js';

/** The symbol of characters that no n-gram holds. */
const UNKNOWN = 0;
/** The symbol, and the node, of {@link BOUNDARY}. */
const EDGE = 1;
const SPACE = 0x20;

/** N-grams with their weights, for adding up those of a text in one pass. */
export class GramTrie {
  private readonly symbolOf = new Uint16Array(65536);
  private readonly edges = new EdgeTable();
  private readonly weightOf: Int16Array;
  /** By node: the text that last counted it, so that each counts once. */
  private readonly countedIn: Uint32Array;
  private nodes: number;
  private text = 0;

  /** @param part n-grams as the file of a model writes them: rows of a weight and those that have it */
  constructor(part: string) {
    this.nodes = this.readSymbols(part);
    // A node ends with a character of the file, each with another.
    this.weightOf = new Int16Array(this.nodes + part.length);
    for (let at = 0; at < part.length; ) {
      const end = endOfRow(part, at);
      const space = part.indexOf(' ', at);
      this.addRow(part, space + 1, end, Number(part.slice(at, space)));
      at = end + 1;
    }
    this.weightOf = this.weightOf.slice(0, this.nodes);
    this.countedIn = new Uint32Array(this.nodes);
  }

  /** Numbers the characters of the n-grams; digits and signs of the weights do no harm among them. */
  private readSymbols(part: string): number {
    const { symbolOf } = this;
    let count = EDGE + 1;
    symbolOf[BOUNDARY] = EDGE;
    for (let at = 0; at < part.length; at++) {
      const unit = part.charCodeAt(at);
      if (symbolOf[unit] === UNKNOWN && unit > SPACE) symbolOf[unit] = count++;
    }
    if (count >= MOST_SYMBOLS) throw new RangeError(`${count} different characters`);
    return count;
  }

  private addRow(part: string, from: number, end: number, weight: number): void {
    let node = 0;
    for (let at = from; at <= end; at++) {
      if (at === end || part.charCodeAt(at) === SPACE) {
        if (node !== 0) this.weightOf[node] = weight;
        node = 0;
        continue;
      }
      const symbol = this.symbolOf[part.charCodeAt(at)]!;
      // The node of a single character is its symbol.
      node = node === 0 ? symbol : this.follow(node, symbol);
    }
  }

  private follow(node: number, symbol: number): number {
    let next = this.edges.get(node, symbol);
    if (next === 0) {
      next = this.nodes++;
      this.edges.set(node, symbol, next);
    }
    return next;
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
