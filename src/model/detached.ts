/**
 * A copy of a text that holds nothing else alive. What is cut out of a message is, for the engine, a window into the
 * whole chunk of the file that it was read from; facts that are kept to the end of a run must not keep that.
 */
export function detached(text: string): string {
  // Engines copy what is shorter; of a text that is put together, a piece does not hold what it was put together of.
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
