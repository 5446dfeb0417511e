import { Command, Option } from 'commander';
import { COMMANDS, type CommandSpec } from './commands.js';
import { OPTIONS, type OptionId, type OptionSpec } from './options.js';

/** What the arguments ask for. */
export interface Invocation {
  command: CommandSpec;
  args: string[];
  /** As commander has them; see `flags.ts`. */
  raw: Record<string, unknown>;
}

/**
 * The parser of a command line, made from the tables of commands and options. The first command is the program
 * itself as well, so that `kefu-audit FILE` audits. Help and the version are no concern of it: they are answered before
 * it is loaded.
 *
 * Parsing throws CommanderError for every mistake; nothing is printed and nothing ends the process.
 *
 * @param argv what will be parsed: of commands that it does not name, only the names are told
 * @param invoke called once, when the arguments name a command that can run
 */
export function createProgram(argv: readonly string[], invoke: (invocation: Invocation) => void): Command {
  const program = new Command('kefu-audit');
  program
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {}, outputError: () => {} })
    .enablePositionalOptions()
    .helpCommand(false);
  describe(program, COMMANDS[0]!, invoke, null);
  const groups = new Map<string, Command>();
  for (const spec of COMMANDS) {
    const [name, sub] = spec.path as [string, string?];
    let parent = program;
    if (sub !== undefined) {
      parent = groups.get(name) ?? program.command(name).helpOption(false).helpCommand(false);
      groups.set(name, parent);
    }
    const command = parent.command(sub ?? name);
    if (argv.includes(name)) describe(command, spec, invoke, program);
  }
  return program;
}

/** Arguments, options and action of one command. */
function describe(
  command: Command,
  spec: CommandSpec,
  invoke: (invocation: Invocation) => void,
  parent: Command | null,
): void {
  command.helpOption(false);
  for (const one of spec.arguments) command.argument(one.name);
  for (const id of spec.options) for (const option of optionsOf(id)) command.addOption(option);
  command.action(() => {
    invoke({
      command: spec,
      args: [...command.args],
      raw: { ...(parent ? saidTo(parent) : {}), ...saidTo(command) },
    });
  });
}

/** What the arguments said; commander's own defaults (a lone `--no-x` is "on" without having been said) are left out. */
function saidTo(command: Command): Record<string, unknown> {
  const said = Object.entries(command.opts()).filter(
    ([name]) => command.getOptionValueSource(name) === 'cli',
  );
  return Object.fromEntries(said);
}

function optionsOf(id: OptionId): Option[] {
  const spec: OptionSpec = OPTIONS[id];
  const option = new Option(spec.flags);
  if (['list', 'columns', 'rules', 'formats'].includes(spec.kind)) {
    option.argParser((text, before: string[] | undefined) => [...(before ?? []), text]);
  }
  return spec.no ? [option, new Option(spec.no)] : [option];
}
