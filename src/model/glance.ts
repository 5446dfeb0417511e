/**
 * Tells which of several sets of characters occur in a text, in one pass: a glance that spares most texts the regular
 * expressions that could find nothing there.
 */
export class Glance {
  /** By UTF-16 unit: the sets that it belongs to, as bits. */
  private readonly sets = new Uint8Array(0x10000);

  /** @param sets at most eight, each the characters that count; the first has bit 1, the second bit 2, then 4, 8, … */
  constructor(...sets: readonly string[]) {
    sets.forEach((characters, index) => {
      for (let at = 0; at < characters.length; at++) this.sets[characters.charCodeAt(at)]! |= 1 << index;
    });
  }

  /** The bits of the sets that have a character in the text. */
  at(text: string): number {
    const { sets } = this;
    let found = 0;
    for (let at = 0; at < text.length; at++) found |= sets[text.charCodeAt(at)]!;
    return found;
  }
}
