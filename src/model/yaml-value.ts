import type { Document } from 'yaml';

/**
 * What a YAML document says, or null with the reason where it refers to itself so often that it would never end: a few
 * lines of aliases can stand for a billion values.
 */
export function yamlValue(document: Document): { value: unknown; problem: string | null } {
  try {
    return { value: document.toJS(), problem: null };
  } catch (error) {
    return { value: null, problem: error instanceof Error ? error.message : String(error) };
  }
}
