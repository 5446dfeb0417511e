/** Whether these lines are rows of the JDDC corpus. */
export function looksLikeJddc(_lines: readonly string[]): boolean {
  return false;
}
