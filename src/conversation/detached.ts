/**
 * A copy of a text that holds nothing else alive. What is cut out of a message is, for the engine, a window into the
 * whole chunk of the file that it was read from; facts that are kept to the end of a run must not keep that.
 */
export function detached(text: string): string {
  // Two-byte encodings give back exactly what was put in, lone surrogates too.
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
