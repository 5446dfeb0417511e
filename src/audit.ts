import { loadCalendar } from './config/calendar.js';
import { type AuditOptions, type ResolvedAuditOptions, resolveAuditOptions } from './config/options.js';
import { packageVersion } from './config/package-files.js';
import { withPages } from './config/pages.js';
import { resolvePeriod } from './config/period.js';
import { loadProfileChooser } from './config/profiles.js';
import { loadWorkingDays } from './config/working-days.js';
import { Assembler } from './conversation/assemble.js';
import { ContactWriter } from './conversation/contact.js';
import { customersOf } from './conversation/customers.js';
import { customerIdOf } from './conversation/identity.js';
import { inPeriod } from './conversation/period.js';
import type { WaitOptions } from './conversation/waits.js';
import { ingest } from './ingest/ingest.js';
import type { CompiledLexicon, LexiconProblem } from './language/lexicon.js';
import { loadLexicon } from './language/load.js';
import {
  type AuditEvent,
  type Conversation,
  type CustomerRecord,
  type Finding,
  KefuError,
  type Notice,
  type Platform,
  type Profile,
  type RunInfo,
  type Skip,
  Zone,
} from './model/index.js';
import { workingTime } from './promises/index.js';
import { createEngine, type Engine } from './rules/engine.js';
import { findGoodTurns } from './rules/good-work.js';
import { onlyAbuse } from './rules/only-abuse.js';
import { AuditTally } from './score/audit-tally.js';
import { scoreTurns } from './score/turn-score.js';

type ProfileChooser = (platform: Platform | null) => Profile;

/** A conversation that is over, or a record that was not used. */
export type ConversationEvent =
  | { type: 'conversation'; conversation: Conversation }
  | { type: 'skip'; skip: Skip };

/**
 * The whole pipeline: inputs become messages, conversations, findings and scores. Yields one header, then conversations
 * and skips as they come, then the report.
 *
 * @throws KefuError `config` for options that cannot be, and whatever made an input unreadable unless `onInputError`
 *   takes it
 */
export async function* audit(given: AuditOptions): AsyncGenerator<AuditEvent> {
  const options = resolveAuditOptions(given);
  const zone = zoneOf(options);
  const profileFor = await loadProfileChooser(options.profile);
  const tally = new AuditTally(zone);
  const { engine, lexicon } = await openEngine(options, zone, profileFor, (notice) =>
    tally.addNotice(notice),
  );
  const work = options.calendar === null ? null : await loadCalendar(options.calendar, zone);
  const run = runInfo(options, lexicon, work?.hash ?? null);
  const known = { calendar: work?.calendar ?? null, onlyAbuse: onlyAbuse(lexicon) };
  const contacts = new ContactWriter(zone, workingTime(await loadWorkingDays(zone), work?.calendar ?? null));
  yield { type: 'header', run };
  for await (const event of readConversations(options, zone, profileFor, tally, known)) {
    if (event.type === 'skip') {
      yield event;
      continue;
    }
    const { conversation } = event;
    const findings = withoutAccepted(engine.judge(conversation), options, tally);
    const turnScores = scoreTurns(conversation, findings);
    tally.addConversation(conversation, findings, turnScores, profileFor(conversation.platform));
    tally.addGoodTurns(findGoodTurns(conversation, findings, engine.cues));
    // Beyond a number of contacts not all customers are followed: what would be thrown away is not written.
    if (tally.records.follows({ customerId: customerIdOf(conversation) })) {
      tally.addContact(contacts.write(conversation, engine.cues));
    } else tally.records.passOver(conversation);
    yield { type: 'conversation', conversation, findings, turnScores };
  }
  for (const event of judgeCustomers(tally, engine, zone)) {
    const findings = withoutAccepted(event.findings, options, tally);
    tally.addCustomer(event.customer, findings);
    if (isWorthTelling(event.customer, findings)) yield { ...event, findings };
  }
  yield { type: 'end', report: tally.report(run) };
}

type CustomerEvent = Extract<AuditEvent, { type: 'customer' }>;

/** The last part of an audit, when all contacts are in the tally: the records of customers, and what rules find in them. */
export function* judgeCustomers(tally: AuditTally, engine: Engine, zone: Zone): Generator<CustomerEvent> {
  const { records } = tally;
  const log = { contacts: records.all(), endOf: (shop: string) => records.endOf(shop) };
  for (const customer of customersOf(log, zone)) {
    yield { type: 'customer', customer, findings: engine.judgeCustomer(customer) };
  }
}

/** Most customers come once, ask, and are answered: the figures have them, no report lists them. */
export function isWorthTelling(
  { contacts, promises, claims }: CustomerRecord,
  findings: readonly Finding[],
): boolean {
  return contacts.length > 1 || promises.length > 0 || claims.length > 0 || findings.length > 0;
}

/**
 * The judge of a run, and the lexicon it judges by.
 *
 * @throws KefuError `lexicon`, and `config` for a preset, rule or option that does not exist
 */
export async function openEngine(
  options: ResolvedAuditOptions,
  zone: Zone,
  profileFor: ProfileChooser,
  notice: (notice: Notice) => void = () => {},
): Promise<{ engine: Engine; lexicon: CompiledLexicon }> {
  const lexicon = await loadLexicon({
    files: [...options.lexicon.files],
    disabled: [...options.lexicon.disabled],
    segmenter: options.segmenter,
    onBrokenExamples: (problems) => {
      for (const file of new Set(problems.map((one) => one.file))) notice(brokenExamples(file, problems));
    },
  });
  const engine = createEngine({
    lexicon,
    profile: profileFor,
    zone,
    preset: options.preset,
    ruleSettings: await withPages(options.ruleSettings, options.pages),
    ruleTimes: options.ruleTimes,
    now: options.ruleTimes === null ? null : () => performance.now(),
  });
  return { engine, lexicon };
}

/** Examples told in a notice; `lexicon check` tells them all. */
const EXAMPLES_TOLD = 3;

function brokenExamples(file: string, problems: readonly LexiconProblem[]): Notice {
  const own = problems.filter((one) => one.file === file);
  const entries = [...new Set(own.map(({ entryId }) => entryId))];
  return {
    code: 'lexicon-examples',
    data: { file, count: own.length, entries: entries.slice(0, EXAMPLES_TOLD) },
  };
}

/**
 * The first half of the pipeline, without rules: from inputs to conversations. It is all that `convert` needs.
 *
 * @param tally counts what was read, skipped and dropped
 * @param known what waits are measured by besides the record; needed only where they are judged
 */
export async function* readConversations(
  options: ResolvedAuditOptions,
  zone: Zone,
  profileFor: ProfileChooser,
  tally: AuditTally,
  known: WaitOptions = {},
): AsyncGenerator<ConversationEvent> {
  const assembler = new Assembler({ profileFor, zone, ...known });
  const period = resolvePeriod(options.since, options.until, zone);
  const progress = { file: null as string | null, fileCount: 0, lineCount: 0, messageCount: 0 };
  let skipped: Skip[] = [];
  for await (const event of ingest(options.paths, { ...options, zone })) {
    options.signal?.throwIfAborted();
    switch (event.type) {
      case 'input-start':
        progress.file = event.file;
        // Nothing can overlap with an input that is the only one named.
        if (options.paths.length > 1 || ![options.stdinFilename, options.paths[0]].includes(event.file)) {
          assembler.expectOverlaps();
        }
        progress.fileCount++;
        break;
      case 'batch': {
        const { messages, skips, lineCount } = event.batch;
        for (const skip of skips) {
          tally.addSkip(skip);
          skipped.push(skip);
        }
        tally.addMessages(messages);
        if (event.repeated !== undefined) tally.addDuplicates(event.repeated);
        for (const conversation of assembler.push(messages)) {
          if (inPeriod(conversation, period)) yield { type: 'conversation', conversation };
        }
        progress.lineCount += lineCount;
        progress.messageCount += messages.length;
        options.onProgress?.(progress);
        break;
      }
      case 'notice':
        tally.addNotice(event.notice);
        break;
      case 'input-end':
        tally.addInput(event.input);
        // Told when all of the input has been read: a pipe cuts it where it will, and the order must not depend on that.
        for (const skip of skipped) yield { type: 'skip', skip };
        skipped = [];
        break;
      case 'error':
        if (options.onInputError === null) throw event.error;
        options.onInputError(event.error);
        break;
    }
  }
  for (const conversation of assembler.flush()) {
    if (inPeriod(conversation, period)) yield { type: 'conversation', conversation };
  }
  tally.addDuplicates(assembler.duplicateCount);
}

/** @throws KefuError `config` when the zone is not an IANA name */
function zoneOf(options: ResolvedAuditOptions): Zone {
  try {
    return new Zone(options.timezone);
  } catch (cause) {
    throw new KefuError('config', { data: { problem: 'unknown-timezone', value: options.timezone }, cause });
  }
}

/**
 * Leaves out what somebody has looked at and accepted; the report says how many that were. What agents had to bear from
 * customers stays: it is no fault that could be accepted, and no gate looks at it.
 */
function withoutAccepted(findings: Finding[], options: ResolvedAuditOptions, tally: AuditTally): Finding[] {
  const { accepted } = options;
  if (accepted === null || findings.length === 0) return findings;
  const open = findings.filter(
    ({ category, fingerprint }) => category === 'customer-abuse' || !accepted.has(fingerprint),
  );
  tally.addAccepted(findings.length - open.length);
  return open;
}

function runInfo(options: ResolvedAuditOptions, lexicon: CompiledLexicon, calendar: string | null): RunInfo {
  return {
    tool: { name: 'kefu-audit', version: packageVersion() },
    timezone: options.timezone,
    segmenter: lexicon.segmenter,
    lexicon: { entryCount: lexicon.entryCount, hash: lexicon.hash },
    profiles: [],
    calendar,
    preset: options.preset,
    filters: { ...options.roles, since: options.since, until: options.until },
  };
}
