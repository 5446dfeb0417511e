import { KefuError } from '../model/errors.js';
import type { IngestEvent } from './events.js';
import type { Origin } from './paths.js';

/** Names of ignored files that a notice lists; it counts them all. */
const LISTED_NAMES = 5;

/**
 * Counts what was met of one folder or archive at a time, so that one without any export is an error, and the files
 * between exports that are none are a notice.
 */
export class OriginTally {
  private origin: Origin | null = null;
  private recognisedCount = 0;
  private failedCount = 0;
  private ignored: string[] = [];
  private ignoredCount = 0;

  /** Turns to what the user named next; tells about the one before when that is another. */
  *enter(next: Origin | null): Generator<IngestEvent> {
    const { origin } = this;
    if (origin !== null && next?.path === origin.path && next.kind === origin.kind) return;
    if (origin !== null && this.ignoredCount > 0) yield this.summary(origin.path);
    this.origin = next;
    this.recognisedCount = 0;
    this.failedCount = 0;
    this.ignored = [];
    this.ignoredCount = 0;
  }

  recognised(): void {
    this.recognisedCount++;
  }

  failed(): void {
    this.failedCount++;
  }

  ignore(name: string): void {
    this.ignoredCount++;
    if (this.ignored.length < LISTED_NAMES) this.ignored.push(name);
  }

  private summary(path: string): IngestEvent {
    const data = { files: this.ignored, count: this.ignoredCount };
    if (this.recognisedCount === 0 && this.failedCount === 0) {
      return { type: 'error', error: new KefuError('no-exports', { file: path, data }) };
    }
    return { type: 'notice', notice: { code: 'ignored-files', data: { path, ...data } } };
  }
}
