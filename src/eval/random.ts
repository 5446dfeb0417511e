/**
 * A small generator of random numbers with a seed (mulberry32): the same seed gives the same numbers on every machine,
 * so that an interval made by resampling is the same in every run.
 *
 * Source: Tommy Ettinger, public domain, 2017.
 *
 * @returns a function that gives numbers in [0, 1)
 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
