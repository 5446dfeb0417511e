import { resolve } from 'node:path';
import { nearest } from '../config/nearest.js';
import { FROM_FLAGS, type ResolvedSettings } from '../config/resolve.js';
import type { Settings } from '../config/settings.js';
import { zoneNamed } from '../config/zone.js';
import type { MessageCatalogue } from '../model/catalogue.js';
import { KefuError } from '../model/errors.js';
import type { AuditEvent } from '../model/report.js';
import { findReporter } from '../report/index.js';
import type { ReporterEntry, ReportWriter, TextMask } from '../report/reporter.js';
import { colorLevelOf, type Io, widthOf } from './io.js';
import { FileSink, HeldSink } from './sink.js';
import { Spool } from './spool.js';
import { type Sink, StreamSink } from './stream-sink.js';

/** One report on its way out. */
interface Output {
  format: string;
  writer: ReportWriter;
  sink: Sink;
}

/** Formats that make sense line by line. All others are held back until they are whole. */
const STREAMING = new Set(['line', 'jsonl']);

/** Where each format of a run goes. */
export interface Plan {
  format: string;
  /** null is standard output. */
  path: string | null;
}

/**
 * Reads `-f name[=path]` and `-o`.
 *
 * @throws KefuError `usage` when two formats go to one place, or `-o` is for none
 */
export function planOutputs(settings: Pick<Settings, 'format' | 'outputFile'>, cwd: string): Plan[] {
  const rest = settings.outputFile === null || settings.outputFile === '-' ? null : settings.outputFile;
  const plans = settings.format.map((one): Plan => {
    const at = one.indexOf('=');
    if (at < 0) return { format: one, path: rest };
    const path = one.slice(at + 1);
    return { format: one.slice(0, at), path: path === '-' ? null : path };
  });
  const byPlace = new Map<string, Plan[]>();
  for (const plan of plans) {
    const place = plan.path === null ? '-' : resolve(cwd, plan.path);
    byPlace.set(place, [...(byPlace.get(place) ?? []), plan]);
  }
  for (const same of byPlace.values()) {
    if (same.length > 1) {
      throw new KefuError('usage', {
        data: { problem: 'same-output', formats: same.map((one) => one.format), value: same[0]!.path ?? '-' },
      });
    }
  }
  if (rest !== null && !plans.some((plan) => plan.path === rest)) {
    throw new KefuError('usage', { data: { problem: 'unused-output', value: rest } });
  }
  return plans;
}

/**
 * {@link planOutputs} for a command that writes some of the formats. A config file names formats for audits: those that
 * the command does not have are passed over.
 *
 * @throws KefuError `usage` for a format that the command line asked for and the command does not have
 */
export function planSome(
  { settings, origins }: ResolvedSettings,
  known: readonly string[],
  cwd: string,
): Plan[] {
  const format = settings.format.filter((one) => {
    const name = one.split('=')[0]!;
    if (known.includes(name)) return true;
    if (origins.get('format') !== FROM_FLAGS) return false;
    throw new KefuError('usage', {
      data: {
        problem: 'bad-value',
        option: '--format',
        value: one,
        expected: 'one-of',
        choices: [...known],
        suggestions: nearest(name, known),
      },
    });
  });
  return planOutputs({ ...settings, format: format.length > 0 ? format : ['table'] }, cwd);
}

/** The files that will be written, as absolute paths. */
export function filesOf(plans: readonly Pick<Plan, 'path'>[], cwd: string): string[] {
  return plans.flatMap(({ path }) => (path === null ? [] : [resolve(cwd, path)]));
}

export interface OutputOptions {
  settings: Settings;
  io: Io;
  catalogue: MessageCatalogue;
  mask: TextMask;
  /** The formats there are; default those of an audit. */
  find?: (id: string) => Pick<ReporterEntry, 'audience' | 'load'> | null;
}

/** All reports of a run, fed together. */
export class Outputs {
  private constructor(
    private readonly outputs: readonly Output[],
    private readonly spools: readonly Spool[],
  ) {}

  /** @throws KefuError `write-failed`, `config` for an unknown time zone */
  static async open(plans: readonly Plan[], options: OutputOptions): Promise<Outputs> {
    const { settings, io } = options;
    const zone = zoneNamed(settings.timezone);
    const outputs: Output[] = [];
    const spools: Spool[] = [];
    const later = (): Spool => {
      const spool = new Spool();
      spools.push(spool);
      return spool;
    };
    try {
      for (const { format, path } of plans) {
        const entry = (options.find ?? findReporter)(format);
        if (!entry)
          throw new KefuError('usage', { data: { problem: 'bad-value', option: '--format', value: format } });
        const reporter = await entry.load();
        // A file looks like the pipe would: the same bytes.
        const target = path === null ? io.stdout : { isTTY: false };
        const writer = reporter.create({
          locale: settings.locale,
          zone,
          catalogue: options.catalogue,
          width: widthOf(target),
          colorLevel: colorLevelOf(settings.color, target, io.env),
          maxShown: settings.maxShown,
          csvTable: settings.csvTable,
          bom: settings.bom,
          csvHeaders: settings.headers,
          mask: (settings.redact ?? entry.audience === 'people') ? options.mask : null,
          later,
        });
        outputs.push({ format, writer, sink: await openSink(format, path, io) });
      }
    } catch (error) {
      await Promise.all(outputs.map(({ sink }) => sink.discard()));
      throw error;
    }
    return new Outputs(outputs, spools);
  }

  /** @returns false when nobody reads any of them any more */
  async write(event: AuditEvent): Promise<boolean> {
    for (const { writer, sink } of this.outputs) {
      switch (event.type) {
        case 'header':
          await put(sink, writer.header(event.run));
          break;
        case 'conversation':
          await put(sink, writer.conversation(event));
          break;
        case 'skip':
          await put(sink, writer.skip(event.skip));
          break;
        case 'customer':
          await put(sink, writer.customer(event));
          break;
        case 'end':
          for (const piece of writer.end(event.report)) await put(sink, piece);
          break;
      }
    }
    return this.outputs.some(({ sink }) => !sink.closed);
  }

  /** Puts everything in its place. @returns what failed; the others are in place all the same */
  async commit(): Promise<KefuError[]> {
    const errors: KefuError[] = [];
    for (const { sink } of this.outputs) {
      try {
        await sink.commit();
      } catch (error) {
        if (!(error instanceof KefuError)) throw error;
        errors.push(error);
      }
    }
    this.letGo();
    return errors;
  }

  /** Whether part of a report is out already and cannot be taken back. */
  get begun(): boolean {
    return this.outputs.some(({ sink }) => sink.begun);
  }

  /** Leaves nothing behind but what a streaming format has already printed. */
  async discard(): Promise<void> {
    await Promise.all(this.outputs.map(({ sink }) => sink.discard()));
    this.letGo();
  }

  private letGo(): void {
    for (const spool of this.spools) spool.discard();
  }
}

function put(sink: Sink, text: string): Promise<void> | undefined {
  return text === '' ? undefined : sink.write(text);
}

/** Where one text goes: a file, or standard output, held back unless it makes sense line by line. */
export async function openSink(format: string, path: string | null, io: Io): Promise<Sink> {
  if (path !== null) return FileSink.open(path, io.cwd);
  const out = new StreamSink(io.stdout);
  return STREAMING.has(format) ? out : new HeldSink(out);
}
