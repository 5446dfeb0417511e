/**
 * Draws `size` items by lot, the same ones in every run and whatever the order they come in: those whose keys hash
 * lowest. They keep the order they came in. Holds no more than twice as many as it draws.
 */
export class Sample<Item> {
  private readonly kept: { hash: number; key: string; at: number; item: Item }[] = [];
  private count = 0;

  constructor(private readonly size: number) {}

  /** @param key what the lot falls on; equal keys are drawn together or not at all, as far as there is room */
  add(key: string, item: Item): void {
    this.kept.push({ hash: hashOf(key), key, at: this.count++, item });
    if (this.kept.length >= 2 * this.size + 16) this.prune();
  }

  /** The items drawn. */
  items(): Item[] {
    this.prune();
    return this.kept.sort((a, b) => a.at - b.at).map(({ item }) => item);
  }

  private prune(): void {
    this.kept.sort((a, b) => a.hash - b.hash || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.at - b.at));
    this.kept.length = Math.min(this.kept.length, this.size);
  }
}

/** FNV-1a with a last mixing, so that neighbouring ids fall far apart. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
