import type { CountUnit, DayWindow, Figure, MetricRule, Profile } from '../model/index.js';
import type { ProfileFile } from './profile-schema.js';

type MetricFile = NonNullable<ProfileFile['metrics']>[string];
type WindowFile = ProfileFile['window']['value'];

/** What a metric id means before any platform has its say. */
interface Shape {
  figure: Figure;
  waits: 'first' | 'all';
  withinSeconds?: number;
}

/** The figures about waits that every report has, in its order. Profiles add figures of their own after these. */
const SHAPES: Readonly<Record<string, Shape>> = {
  'first-response-time': { figure: 'mean', waits: 'first' },
  'first-response-time-median': { figure: 'median', waits: 'first' },
  'first-response-rate-30s': { figure: 'share-within', waits: 'first', withinSeconds: 30 },
  'response-time': { figure: 'mean', waits: 'all' },
  'response-time-median': { figure: 'median', waits: 'all' },
  'response-time-p90': { figure: 'p90', waits: 'all' },
  'response-time-p95': { figure: 'p95', waits: 'all' },
  'response-rate-3min': { figure: 'share-within', waits: 'all', withinSeconds: 180 },
  unanswered: { figure: 'share-unanswered', waits: 'all' },
};

/** Ids whose shape is known, so that a profile need not say it. */
export const KNOWN_WAIT_METRICS: readonly string[] = Object.keys(SHAPES);

/** A profile that contradicts itself; the texts name places and codes, as `schemaProblemTexts` does. */
export class ProfileProblems extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
    this.name = 'ProfileProblems';
  }
}

/**
 * Fills in what a profile file leaves out: each figure takes window and clock of the profile unless it has its own, and
 * the figures that every report has are there even where the platform does not publish them (`title` null).
 *
 * @throws ProfileProblems for a figure that cannot be counted as it is described
 */
export function resolveProfile(file: ProfileFile): Profile {
  const problems: string[] = [];
  const given = file.metrics ?? {};
  const own = Object.keys(given).filter((id) => !Object.hasOwn(SHAPES, id));
  const metrics = [...KNOWN_WAIT_METRICS, ...own].map((id) => resolveMetric(id, given[id], file, problems));
  if (problems.length > 0) throw new ProfileProblems(problems);
  return {
    id: file.id,
    platform: file.platform,
    title: file.title,
    asOf: file.asOf,
    unit: file.unit,
    notes: file.notes ?? [],
    sessionGapMinutes: file.sessionGapMinutes,
    window: { ...file.window, value: windowOf(file.window.value) },
    botReplies: file.botReplies,
    firstResponseSeconds: file.firstResponseSeconds,
    responseSeconds: file.responseSeconds,
    slowestSeconds: file.slowestSeconds,
    unansweredSeconds: file.unansweredSeconds,
    metrics,
  };
}

/** Source of a figure that no text of a platform describes. */
export const OUR_CONVENTION = 'kefu-audit convention';

function resolveMetric(
  id: string,
  given: MetricFile | undefined,
  file: ProfileFile,
  problems: string[],
): MetricRule {
  const shape = Object.hasOwn(SHAPES, id) ? SHAPES[id] : undefined;
  const figure = given?.figure ?? shape?.figure;
  const waits = given?.waits ?? shape?.waits ?? 'all';
  const unit: CountUnit = given?.unit ?? (waits === 'first' ? 'sessions' : 'turns');
  const withinSeconds = given?.withinSeconds ?? shape?.withinSeconds ?? null;
  const complain = (problem: string): void => {
    problems.push(`metrics.${id}: ${problem}`);
  };
  if (figure === undefined) complain('figure-missing');
  if (figure === 'share-within' && withinSeconds === null) complain('within-missing');
  if ((unit === 'people' || unit === 'people-per-day') && figure !== 'share-within') {
    complain('people-need-share');
  }
  if (unit === 'sessions' && waits === 'all') complain('sessions-need-first');
  return {
    id,
    title: given?.title ?? null,
    figure: figure ?? 'mean',
    waits,
    unit,
    window: given?.window === null ? null : wholeDay(windowOf(given?.window ?? file.window.value)),
    clock: given?.clock ?? file.clock.value,
    withinSeconds,
    capSeconds: given?.capSeconds ?? null,
    exclude: given?.exclude ?? [],
    target: given?.target ?? null,
    source: given?.source ?? OUR_CONVENTION,
    confidence: given?.confidence ?? 'convention',
    asOf: given?.asOf ?? file.asOf,
  };
}

function windowOf({ start, end, appliesTo }: WindowFile): DayWindow {
  return { startSecond: secondOf(start), endSecond: secondOf(end), appliesTo };
}

/** A window that holds the whole day asks nothing. */
function wholeDay(window: DayWindow): DayWindow | null {
  return window.startSecond === 0 && window.endSecond === 86_400 ? null : window;
}

function secondOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours! * 3600 + minutes! * 60;
}
