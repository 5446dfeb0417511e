import { Command, type Help, Option } from 'commander';
import { COMMAND_GROUPS, COMMANDS, type CommandSpec } from './commands.js';
import { attributeOf } from './flags.js';
import { columnsOf, indent, wrap } from './layout.js';
import { GROUPS, type Locale, OPTIONS, type OptionId, type OptionSpec } from './options.js';

/** What the arguments ask for. */
export interface Invocation {
  command: CommandSpec;
  args: string[];
  /** As commander has them; see `flags.ts`. */
  raw: Record<string, unknown>;
}

export interface ProgramOptions {
  locale: Locale;
  version: string;
  writeOut: (text: string) => void;
  writeErr: (text: string) => void;
  /** Columns to wrap help at. */
  helpWidth: number;
  /** Called once, when the arguments name a command that can run. */
  invoke: (invocation: Invocation) => void;
}

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

/**
 * The parser and the help of the whole command line. The first command of the table is the program itself as well, so
 * that `kefu-audit FILE` audits.
 *
 * Parsing throws CommanderError for help, the version and every mistake; nothing ends the process.
 */
export function createProgram(options: ProgramOptions): Command {
  const { locale } = options;
  const program = new Command('kefu-audit');
  program
    .exitOverride()
    .configureOutput({
      writeOut: options.writeOut,
      writeErr: options.writeErr,
      // Mistakes are told in the user's language by whoever catches the CommanderError.
      outputError: () => {},
      getOutHelpWidth: () => options.helpWidth,
      getErrHelpWidth: () => options.helpWidth,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp(helpStyle(locale))
    .enablePositionalOptions()
    .helpCommand('help [command]', { zh: '显示一个命令的帮助', en: 'help for a command' }[locale]);

  const main = COMMANDS[0]!;
  describe(program, main, options, () => ({}));
  program
    .usage(`[${main.path[0]}] [options] <paths...>`)
    .version(options.version, '-V, --version', { zh: '版本', en: 'version' }[locale])
    .addHelpText('after', () => afterHelp(main, locale, true, options.helpWidth));

  const groups = new Map<string, Command>();
  for (const spec of COMMANDS) {
    const [name, sub] = spec.path as [string, string?];
    let parent = program;
    if (sub !== undefined) {
      const known = groups.get(name);
      parent = known ?? program.command(name).description(COMMAND_GROUPS[name]![locale]);
      if (!known) {
        parent.helpOption('-h, --help', { zh: '显示帮助', en: 'help' }[locale]).helpCommand(false);
        groups.set(name, parent);
      }
    }
    const command = parent.command(sub ?? name, { hidden: spec === main });
    describe(command, spec, options, () => program.opts());
    command.addHelpText('after', () => afterHelp(spec, locale, false, options.helpWidth));
  }
  return program;
}

/** Arguments, options and action of one command. */
function describe(
  command: Command,
  spec: CommandSpec,
  { locale, invoke }: ProgramOptions,
  inherited: () => Record<string, unknown>,
): void {
  command.description(`${spec.text[locale]}${locale === 'zh' ? '。' : '.'}`);
  for (const one of spec.arguments) command.argument(one.name, one.text[locale]);
  for (const id of spec.options) for (const option of optionsOf(id, locale)) command.addOption(option);
  command.optionsGroup(heading('troubleshooting', locale));
  command.helpOption('-h, --help', { zh: '显示帮助', en: 'help' }[locale]);
  command.action(() => {
    invoke({ command: spec, args: [...command.args], raw: { ...inherited(), ...command.opts() } });
  });
}

function optionsOf(id: OptionId, locale: Locale): Option[] {
  const spec: OptionSpec = OPTIONS[id];
  const group = heading(spec.group, locale);
  const option = new Option(spec.flags, describeOption(spec, locale)).helpGroup(group);
  if (spec.kind !== 'switch') {
    const repeats = ['list', 'columns', 'rules', 'formats'].includes(spec.kind);
    if (repeats) option.argParser((text, before: string[] | undefined) => [...(before ?? []), text]);
  }
  if (option.negate) option.default(undefined);
  if (!spec.no) return [option];
  return [option, new Option(spec.no).hideHelp()];
}

/** What help says of an option: text, choices and default. */
export function describeOption(spec: OptionSpec, locale: Locale): string {
  const notes: string[] = [];
  const [choices, shown, comma] = locale === 'zh' ? ['可选 ', '默认 ', '、'] : ['one of ', 'default ', ', '];
  if (spec.choices) notes.push(choices + spec.choices.join(comma));
  if (spec.shown) notes.push(shown + (typeof spec.shown === 'string' ? spec.shown : spec.shown[locale]));
  if (notes.length === 0) return spec.text[locale];
  return locale === 'zh' ? `${spec.text.zh}（${notes.join('；')}）` : `${spec.text.en} (${notes.join('; ')})`;
}

/** `-o, --output <x>` with the switch that turns it off, as help shows it. */
export function termOf(spec: OptionSpec): string {
  return spec.no ? `${spec.flags}, ${spec.no}` : spec.flags;
}

function heading(group: keyof typeof GROUPS, locale: Locale): string {
  return locale === 'zh' ? `${GROUPS[group].zh}：` : `${GROUPS[group].en}:`;
}

function helpStyle(locale: Locale): Partial<Help> {
  const terms = new Map(Object.values(OPTIONS).map((spec) => [attributeOf(spec.flags), termOf(spec)]));
  return {
    // Longer terms get a line of their own, so that the descriptions keep room.
    longestOptionTermLength: () => 26,
    displayWidth: columnsOf,
    boxWrap: wrap,
    styleTitle: (title) => (locale === 'zh' ? (TITLES[title] ?? title) : title),
    optionTerm: (option) => terms.get(option.attributeName()) ?? option.flags,
    formatItem(term, termWidth, description) {
      const column = Math.min(termWidth, 26) + 4;
      const width = Math.max(20, (this.helpWidth ?? 80) - column);
      const text = indent(wrap(description, width), ' '.repeat(column));
      if (columnsOf(term) > column - 4) return `  ${term}\n${text}`;
      return `  ${term}${text.slice(columnsOf(term) + 2)}`;
    },
  };
}

function afterHelp(spec: CommandSpec, locale: Locale, root: boolean, width: number): string {
  const lines: string[] = [];
  if (spec.examples.length > 0) {
    lines.push('', locale === 'zh' ? '例子：' : 'Examples:');
    for (const example of spec.examples) lines.push(`  # ${example.text[locale]}`, `  $ ${example.line}`);
  }
  if (root) lines.push('', ...wrap(EXIT_STATUS[locale], width).split('\n'));
  return lines.join('\n');
}

const EXIT_STATUS = {
  zh: '退出码：0 通过，1 未过门槛，2 审查不完整或不可信，130 被中断（见 docs/exit-status.md）',
  en: 'Exit status: 0 passed, 1 gate failed, 2 audit incomplete, 130 interrupted (see docs/exit-status.md)',
};
