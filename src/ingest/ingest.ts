import type { ErrorCode } from '../model/errors.js';
import { Derived } from './derived.js';
import type { IngestEvent } from './events.js';
import { NamedColumns } from './named-columns.js';
import { openInputs } from './open.js';
import type { IngestOptions } from './options.js';
import { OriginTally } from './origin-tally.js';
import { OverwriteGuard } from './overwrite.js';
import { Reading } from './reading.js';
import { createRoleResolver } from './roles.js';
import { createSelection, headOf, isOwnReport } from './selection.js';

export type { IngestEvent } from './events.js';
export { type DetectionSample, detectInputs, type InputDetection } from './inspect.js';
export type { IngestOptions } from './options.js';

/** What a file in a folder may be without anybody minding. */
const NO_EXPORT: ReadonlySet<ErrorCode> = new Set(['unknown-format', 'empty-file']);

/**
 * Reads everything that the user named: opens, decodes, chooses a reader, and hands its batches on. One input after the
 * other, streaming; memory does not grow with the inputs. Of each input, records = messages + skips.
 *
 * A file in a folder or archive that no reader recognises, and a report of our own there, is counted in a notice; where
 * nothing at all was recognised, that is an error. So is a column that the user named and no table of the run has.
 *
 * @param paths files, folders, globs; `-` is stdin
 * @throws KefuError `unknown-format` when `options.inputFormat` names no reader, `usage` when an input would be written
 *   over
 */
export async function* ingest(paths: readonly string[], options: IngestOptions): AsyncGenerator<IngestEvent> {
  const selection = createSelection(options);
  const roles = createRoleResolver(options.roles);
  const tally = new OriginTally();
  const guard = await OverwriteGuard.of(options.writes ?? []);
  const derived = new Derived(paths);
  const namedColumns = new NamedColumns(options.columns);
  let nextBlock = 0;
  for await (const event of openInputs(paths, options, guard)) {
    yield* tally.enter(event.type === 'input' ? event.input.origin : event.origin);
    if (event.type === 'error') {
      tally.failed();
      yield event;
      continue;
    }
    if (event.type === 'ignored') {
      tally.ignore(event.name);
      continue;
    }
    const { input } = event;
    const isNamed = input.origin.kind === 'file' || input.origin.kind === 'stdin';
    const head = headOf(input, options);
    const choice = !isNamed && isOwnReport(head) ? null : selection.choose(head, input);
    if (choice === null || (!isNamed && 'error' in choice && NO_EXPORT.has(choice.error.code))) {
      tally.ignore(input.name);
    } else if ('error' in choice) {
      tally.failed();
      yield { type: 'error', error: choice.error };
    } else {
      tally.recognised();
      guard.check(input.disk, input.name);
      const columnsMayDiffer = !isNamed || paths.length > 1;
      const own = { ...options, columnsMayDiffer, namedColumns };
      const reading = new Reading(input, choice.reader, selection.chosenBy, own, roles, nextBlock);
      const mayRepeat = choice.reader.id === 'canonical' && (!isNamed || paths.length > 1);
      yield* mayRepeat ? derived.filter(reading.run(), input) : reading.run();
      nextBlock = reading.nextBlock;
    }
  }
  yield* tally.enter(null);
  const missing = namedColumns.missing();
  if (missing !== null) yield { type: 'error', error: missing };
}
