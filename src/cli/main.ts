import { CommanderError } from 'commander';
import { packageVersion } from '../config/package-files.js';
import { KefuError } from '../model/errors.js';
import { COMMANDS } from './commands.js';
import type { Services } from './context.js';
import type { ExitCode } from './exit.js';
import { attributeOf, longFlag, readFlags } from './flags.js';
import { colorLevelOf, type Io, processIo, swallowStreamErrors } from './io.js';
import { type Locale, OPTIONS, type OptionId } from './options.js';
import { createProgram, type Invocation } from './program.js';
import { StreamSink } from './sink.js';
import { Terminal } from './terminal.js';

/** Runs the command line of this process; the exit code is set, never forced, so that all output gets out. */
export async function run(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), processIo());
}

/**
 * The command line as a function of its arguments and surroundings.
 *
 * @param argv arguments without the program's name
 * @param services what tests put in place of the real thing
 */
export async function main(
  argv: readonly string[],
  io: Io,
  services: Partial<Services> = {},
): Promise<ExitCode> {
  swallowStreamErrors(io.stdout);
  swallowStreamErrors(io.stderr);
  const locale = earlyLocale(argv, io.env);
  const terminal = new Terminal(
    io,
    locale,
    colorLevelOf('auto', io.stderr, io.env),
    argv.includes('--debug'),
  );
  try {
    const parsed = parse(argv, io, locale);
    if (typeof parsed === 'string') {
      const out = new StreamSink(io.stdout);
      await out.write(parsed);
      await out.commit();
      return 0;
    }
    const { command, args, raw } = parsed;
    refuseForeign(raw, command.options, command.path.join(' '));
    const flags = readFlags(raw, command.options);
    if (flags.color) terminal.color = colorLevelOf(flags.color, io.stderr, io.env);
    const { run: runCommand } = await command.load();
    return await runCommand({ args, flags, io, locale, terminal, services });
  } catch (error) {
    if (error instanceof HelpForMistake) terminal.print(error.message);
    else await terminal.fail(error);
    return 2;
  }
}

/** Help that was not asked for: it goes to standard error, and the run has failed. */
class HelpForMistake extends Error {}

/** @returns what to run, or help or the version to print */
function parse(argv: readonly string[], io: Io, locale: Locale): Invocation | string {
  let invocation: Invocation | null = null;
  let out = '';
  let err = '';
  const program = createProgram({
    locale,
    version: packageVersion(),
    writeOut: (text) => {
      out += text;
    },
    writeErr: (text) => {
      err += text;
    },
    helpWidth: Math.min(io.stdout.columns ?? 80, 120),
    invoke: (found) => {
      invocation = found;
    },
  });
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return out;
    if (error.code === 'commander.help') throw new HelpForMistake(err);
    throw usageError(error);
  }
  const found = invocation as Invocation | null;
  if (found === null) throw new KefuError('internal', { data: { problem: 'no-command' } });
  const reads = found.command.arguments[0]?.name === '[paths...]';
  if (reads && found.args.length === 0) {
    if (!io.stdin.isTTY) throw new KefuError('usage', { data: { problem: 'no-paths' } });
    const named = argv.some((word) => word === found.command.path[0]);
    const asked = program.commands.find((one) => named && one.name() === found.command.path[0]) ?? program;
    asked.outputHelp({ error: true });
    throw new HelpForMistake(err);
  }
  return found;
}

/** Help is needed before anything is parsed, and in the right language. `LANG` is never read. */
function earlyLocale(argv: readonly string[], env: Io['env']): Locale {
  let locale = env.KEFU_AUDIT_LOCALE;
  argv.forEach((word, at) => {
    if (word === '--locale') locale = argv[at + 1];
    else if (word.startsWith('--locale=')) locale = word.slice('--locale='.length);
  });
  return locale === 'en' ? 'en' : 'zh';
}

/** commander tells what was wrong in English prose; its parts become data. */
function usageError(error: CommanderError): KefuError {
  const [, quoted = ''] = /'([^']*)'/.exec(error.message) ?? [];
  const [, meant = ''] = /\(Did you mean (?:one of )?(.*)\?\)/.exec(error.message) ?? [];
  const suggestions = meant === '' ? [] : meant.split(', ');
  const usage = (problem: string, data: Record<string, string | string[]>) =>
    new KefuError('usage', { data: { problem, ...data } });
  switch (error.code) {
    case 'commander.unknownOption': {
      const elsewhere = knownElsewhere(quoted);
      if (elsewhere) return usage('option-not-for-command', { option: quoted, suggestions: elsewhere });
      return usage('unknown-option', { option: quoted, suggestions });
    }
    case 'commander.unknownCommand':
      return usage('unknown-command', { value: quoted, suggestions });
    case 'commander.optionMissingArgument':
      return usage('missing-value', { option: longFlag(quoted) });
    case 'commander.missingArgument':
      return usage('missing-argument', { value: quoted });
    case 'commander.excessArguments':
      return usage('too-many-arguments', {});
    default:
      return usage('other', { value: error.message.replace(/^error: /, '') });
  }
}

/** Commands that do have an option, by its long or short flag. */
function knownElsewhere(flag: string): string[] | null {
  const name = flag.split('=')[0]!;
  const id = (Object.keys(OPTIONS) as OptionId[]).find((one) =>
    `${OPTIONS[one].flags}, ${OPTIONS[one].no ?? ''}`.split(/[\s,]+/).includes(name),
  );
  if (id === undefined) return null;
  return COMMANDS.filter((command) => command.options.includes(id)).map((command) => command.path.join(' '));
}

/** Options before the name of a command are read by the program itself; the command may not have them. */
function refuseForeign(raw: Record<string, unknown>, allowed: readonly OptionId[], command: string): void {
  const known = new Set(allowed.map((id) => attributeOf(OPTIONS[id].flags)));
  for (const id of Object.keys(OPTIONS) as OptionId[]) {
    const { flags } = OPTIONS[id];
    if (raw[attributeOf(flags)] === undefined || known.has(attributeOf(flags))) continue;
    throw new KefuError('usage', {
      data: {
        problem: 'option-not-for-command',
        option: longFlag(flags),
        command,
        suggestions: knownElsewhere(longFlag(flags))!,
      },
    });
  }
}
