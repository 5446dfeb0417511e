import { nearest } from '../config/nearest.js';
import type { AuditOptions } from '../config/options.js';
import { KefuError } from '../model/errors.js';
import type { AuditEvent, AuditReport } from '../model/report.js';
import { COMMANDS } from './commands.js';
import type { CommandContext } from './context.js';

/** How a run of the pipeline ended. */
export interface RunOutcome {
  /** The last event's report, or null when there is none: a failure, an interruption, or nobody reads any more. */
  report: AuditReport | null;
  /** Inputs that could not be read; each was told on standard error as it came. */
  inputErrors: KefuError[];
  interrupted: boolean;
}

/**
 * Waits for SIGINT. To be made before the first temporary file, and never taken back: what comes after the audit is
 * short, and half of it must not be left behind.
 */
export class Interruption {
  private readonly controller = new AbortController();
  /** Set while an event is waited for. */
  giveUp: ((reason: Error) => void) | null = null;

  constructor({ io, args }: CommandContext) {
    io.onInterrupt(() => {
      const reason = new Error('interrupted');
      this.controller.abort(reason);
      this.giveUp?.(reason);
      // A read that waits for input would keep the process alive.
      if (args.includes('-')) io.stdin.destroy?.();
    });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }
}

/**
 * Runs events of a pipeline through a handler.
 *
 * On SIGINT the pipeline is told to stop, standard input is closed, and the outcome says so; whoever holds
 * half-written files must discard them.
 *
 * @param start makes the events, with the options that belong to the command line
 * @param handle returns false to stop early: nobody reads any more
 * @throws whatever the pipeline throws
 */
export async function runEvents<Event extends { type: string }>(
  context: CommandContext,
  interruption: Interruption,
  start: (options: Pick<AuditOptions, 'onInputError' | 'signal'>) => AsyncIterable<Event>,
  handle: (event: Event) => Promise<boolean>,
): Promise<{ inputErrors: KefuError[]; interrupted: boolean }> {
  const { terminal } = context;
  const { signal } = interruption;
  const inputErrors: KefuError[] = [];
  const told: Promise<void>[] = [];
  try {
    const events = start({
      signal,
      onInputError: (error) => {
        inputErrors.push(error);
        told.push(terminal.fail(meantCommand(error)));
      },
    })[Symbol.asyncIterator]();
    for (;;) {
      // One listener for the whole run, not a race a event: that would keep every event alive.
      const next = await new Promise<IteratorResult<Event>>((done, fail) => {
        interruption.giveUp = fail;
        signal.throwIfAborted();
        events.next().then(done, fail);
      });
      if (next.done) break;
      if (!(await handle(next.value))) {
        await events.return?.();
        break;
      }
    }
    return { inputErrors, interrupted: false };
  } catch (error) {
    if (!signal.aborted) throw error;
    return { inputErrors, interrupted: true };
  } finally {
    interruption.giveUp = null;
    await Promise.all(told);
  }
}

/** A path that is not there may be a command that was spelt wrong. */
function meantCommand(error: KefuError): KefuError {
  const { code, file } = error;
  if (code !== 'not-found' || file === null || !/^[a-z]+$/i.test(file)) return error;
  const names = new Set(COMMANDS.map(({ path }) => path[0]!));
  const suggestions = nearest(file, names).map((name) => `kefu-audit ${name}`);
  return suggestions.length === 0
    ? error
    : new KefuError(code, { file, data: { ...error.data, suggestions } });
}

/** {@link runEvents} for the whole audit, real or a test's. */
export async function runAudit(
  context: CommandContext,
  interruption: Interruption,
  options: AuditOptions,
  handle: (event: AuditEvent) => Promise<boolean>,
): Promise<RunOutcome> {
  const audit = context.services.audit ?? (await import('../audit.js')).audit;
  let report: AuditReport | null = null;
  const ended = await runEvents(
    context,
    interruption,
    (more) => audit({ ...options, ...more }),
    async (event: AuditEvent) => {
      if (event.type === 'end') report = event.report;
      return handle(event);
    },
  );
  return { report, ...ended };
}
