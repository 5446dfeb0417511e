/** Clocks change at full quarters of an hour, somewhere at half past (Lord Howe). */
const QUARTER = 900_000;
const DAY = 86_400_000;

/** Zones whose clocks have not changed since: nothing has to be looked up, which takes some time when it is done first. */
const STEADY: ReadonlyMap<string, { sinceMs: number; offsetMs: number }> = new Map([
  ['Asia/Shanghai', { sinceMs: Date.UTC(1991, 11, 31), offsetMs: 8 * 3_600_000 }],
]);

/**
 * Local times of one IANA zone. Exports carry no zone, so it is an option of the run (`Asia/Shanghai` unless said) and
 * never the machine's.
 */
export class Zone {
  readonly name: string;
  private format: Intl.DateTimeFormat | null = null;
  private readonly steadySinceMs: number;
  private readonly steadyOffsetMs: number;
  private readonly offsets = new Map<number, number>();
  /** The quarter of an hour that was asked for last, and its offset: messages of one quarter follow each other. */
  private lastQuarter = Number.NaN;
  private lastOffset = 0;

  /** @throws RangeError when `name` is not an IANA zone. */
  constructor(name: string) {
    this.name = name;
    const steady = STEADY.get(name);
    this.steadySinceMs = steady?.sinceMs ?? Number.POSITIVE_INFINITY;
    this.steadyOffsetMs = steady?.offsetMs ?? 0;
    if (steady === undefined) this.format = formatIn(name);
  }

  /** Offset from UTC in milliseconds at an instant. */
  offsetAt(atMs: number): number {
    if (atMs >= this.steadySinceMs) return this.steadyOffsetMs;
    const quarter = Math.floor(atMs / QUARTER);
    if (quarter === this.lastQuarter) return this.lastOffset;
    const offset = this.offsets.get(quarter) ?? this.computeOffset(quarter);
    this.lastQuarter = quarter;
    this.lastOffset = offset;
    return offset;
  }

  private computeOffset(quarter: number): number {
    this.format ??= formatIn(this.name);
    const parts: Record<string, string> = {};
    for (const part of this.format.formatToParts(quarter * QUARTER)) parts[part.type] = part.value;
    const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
    const local = utc(
      year,
      Number(parts.month),
      Number(parts.day),
      Number(parts.hour),
      Number(parts.minute),
      Number(parts.second),
    );
    const offset = local - quarter * QUARTER;
    if (this.offsets.size > 100_000) this.offsets.clear();
    this.offsets.set(quarter, offset);
    return offset;
  }

  /**
   * The instant of a local wall-clock time, as calendars agree on it: of a time that occurs twice the earlier; one that
   * a change of clocks leaves out is moved forward by as much as the clocks were, 02:30 to 03:30.
   */
  toMs(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
    return this.fromLocal(utc(year, month, day, hour, minute, second));
  }

  /** {@link toMs} of a local time that is given in milliseconds since 1970 began there. */
  fromLocal(local: number): number {
    const before = local - this.offsetAt(local - DAY);
    if (before + this.offsetAt(before) === local) return before;
    const after = local - this.offsetAt(local + DAY);
    return after + this.offsetAt(after) === local ? after : before;
  }

  /** ISO 8601 with offset, to the second unless there are milliseconds: `2026-03-01T10:00:00+08:00`. */
  iso(atMs: number): string {
    const offset = this.offsetAt(atMs);
    const minutes = Math.round(offset / 60_000);
    const sign = minutes < 0 ? '-' : '+';
    const abs = Math.abs(minutes);
    const local = new Date(atMs + offset).toISOString().replace('Z', '').replace('.000', '');
    return `${local}${sign}${String(Math.floor(abs / 60)).padStart(2, '0')}:${String(abs % 60).padStart(2, '0')}`;
  }

  /** `2026-03-01 10:00:00`, for people. */
  local(atMs: number): string {
    return new Date(atMs + this.offsetAt(atMs)).toISOString().slice(0, 19).replace('T', ' ');
  }

  /** Seconds since local midnight. */
  secondOfDay(atMs: number): number {
    const local = atMs + this.offsetAt(atMs);
    return Math.floor((((local % DAY) + DAY) % DAY) / 1000);
  }

  /** Local date as `2026-03-01`. */
  date(atMs: number): string {
    return this.local(atMs).slice(0, 10);
  }
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  });
}

/** `Date.UTC` without its special case for years 0 to 99. */
function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  if (year >= 100) return Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  date.setUTCFullYear(year);
  return date.getTime();
}
