import { KefuError } from '../model/errors.js';
import { Zone } from '../model/zone.js';

/** @throws KefuError `config` when `name` is not an IANA zone */
export function zoneNamed(name: string): Zone {
  try {
    return new Zone(name);
  } catch (cause) {
    throw new KefuError('config', { data: { problem: 'unknown-timezone', value: name }, cause });
  }
}
