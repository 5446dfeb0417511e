import { CommanderError } from 'commander';
import { KefuError } from '../model/errors.js';
import { COMMAND_GROUPS, COMMANDS } from './commands.js';
import type { Services } from './context.js';
import type { ExitCode } from './exit.js';
import { attributeOf, longFlag, readFlags } from './flags.js';
import { renderHelp, topicOf } from './help.js';
import { colorLevelOf, helpWidthOf, type Io } from './io.js';
import { type Locale, OPTIONS, type OptionId } from './options.js';
import { createProgram, type Invocation } from './program.js';
import { Terminal } from './terminal.js';

/** Parses the arguments, runs the command they name, and tells what went wrong. */
export async function dispatch(
  argv: readonly string[],
  io: Io,
  locale: Locale,
  services: Partial<Services>,
): Promise<ExitCode> {
  const terminal = new Terminal(
    io,
    locale,
    colorLevelOf('auto', io.stderr, io.env),
    argv.includes('--debug'),
  );
  try {
    const invocation = parse(argv, io);
    if (invocation === null) {
      // Help that was not asked for: it goes to standard error, and the run has failed.
      terminal.print(renderHelp(topicOf(argv), locale, helpWidthOf(io.stderr)));
      return 2;
    }
    const { command, args, raw } = invocation;
    refuseForeign(raw, command.options, command.path.join(' '));
    const flags = readFlags(raw, command.options);
    if (flags.color) terminal.color = colorLevelOf(flags.color, io.stderr, io.env);
    const { run } = await command.load();
    return await run({ args, flags, io, locale, terminal, services });
  } catch (error) {
    await terminal.fail(error);
    return 2;
  }
}

/** Tells a failure that came before anything was parsed. */
export async function failEarly(error: unknown, io: Io, locale: Locale): Promise<ExitCode> {
  await new Terminal(io, locale, colorLevelOf('auto', io.stderr, io.env), false).fail(error);
  return 2;
}

/** @returns null when help is all that can be said: half a command, or nothing to read at a terminal */
function parse(argv: readonly string[], io: Io): Invocation | null {
  if (argv.length === 1 && Object.hasOwn(COMMAND_GROUPS, argv[0]!)) return null;
  let invocation: Invocation | null = null;
  const program = createProgram(argv, (found) => {
    invocation = found;
  });
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.help') return null;
    throw usageError(error);
  }
  const found = invocation as Invocation | null;
  const expected = found?.command.arguments ?? [];
  if (expected.at(-1)?.name === '[paths...]' && found!.args.length < expected.length) {
    if (io.stdin.isTTY) return null;
    throw new KefuError('usage', { data: { problem: 'no-paths' } });
  }
  return found;
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
