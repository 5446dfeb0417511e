import { COMMAND_GROUPS, COMMANDS, type CommandSpec } from './commands.js';
import { columnsOf, indent, wrap } from './layout.js';
import { type Bilingual, GROUPS, type Locale, OPTIONS, type OptionSpec } from './options.js';

/** What help is about: a command, or a word that holds several (`lexicon`), or null for the program itself. */
export type HelpTopic = CommandSpec | string | null;

/** Columns of the left side; longer terms get a line of their own, so that the descriptions keep room. */
const TERM_COLUMNS = 26;

/**
 * Which help somebody asks for with `--help`, `-h` or `help`, or undefined when nobody does. Needs no parser, so help
 * costs little more than starting Node.
 */
export function helpTopic(argv: readonly string[]): HelpTopic | undefined {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const named = words[0] === 'help';
  if (!named && !words.includes('--help') && !words.includes('-h')) return undefined;
  return topicOf(named ? words.slice(1) : words);
}

/** The command that the first words name. */
export function topicOf(words: readonly string[]): HelpTopic {
  const [first = '', second = ''] = words;
  const exact = COMMANDS.find(
    ({ path }) => path[0] === first && (path[1] === undefined || path[1] === second),
  );
  return exact ?? (Object.hasOwn(COMMAND_GROUPS, first) ? first : null);
}

/** The help of a topic, wrapped to a width in columns. */
export function renderHelp(topic: HelpTopic, locale: Locale, width: number): string {
  if (typeof topic === 'string') return groupHelp(topic, locale, width);
  const main = COMMANDS[0]!;
  const spec = topic ?? main;
  const isMain = spec === main;
  const title = (text: Bilingual) => text[locale] + (locale === 'zh' ? '：' : ':');
  const item = (term: string, text: string) => formatItem(term, text, width);
  const parts: string[] = [usage(spec, locale), wrap(sentence(spec.text, locale), width)];
  const section = (heading: string, lines: string[]) => {
    if (lines.length > 0) parts.push([heading, ...lines].join('\n'));
  };
  section(
    title(WORDS.arguments),
    spec.arguments.map((one) => item(one.name, one.text[locale])),
  );
  for (const [id, heading] of Object.entries(GROUPS)) {
    const lines = spec.options
      .map((option): OptionSpec => OPTIONS[option])
      .filter((option) => option.group === id)
      .map((option) => item(termOf(option), describeOption(option, locale, choicesOf(option, spec))));
    if (id === 'troubleshooting') {
      if (isMain) lines.push(item('-V, --version', WORDS.version[locale]));
      lines.push(item('-h, --help', WORDS.help[locale]));
    }
    section(title(heading), lines);
  }
  if (isMain) {
    section(
      title(WORDS.commands),
      COMMANDS.map((one) => item(callOf(one), sentence(one.text, locale))),
    );
  }
  section(
    title(WORDS.examples),
    spec.examples.flatMap((one) => [`  # ${one.text[locale]}`, `  $ ${one.line}`]),
  );
  if (isMain) parts.push(wrap(EXIT_STATUS[locale], width));
  return `${parts.join('\n\n')}\n`;
}

function groupHelp(word: string, locale: Locale, width: number): string {
  const commands = COMMANDS.filter(({ path }) => path[0] === word);
  return [
    `${WORDS.usage[locale]} kefu-audit ${word} <${WORDS.command[locale]}>`,
    sentence(COMMAND_GROUPS[word]!, locale),
    commands.map((one) => formatItem(callOf(one), sentence(one.text, locale), width)).join('\n'),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

/** How a command is called: `rules [id]`. */
export function callOf({ path, arguments: args }: CommandSpec): string {
  return [...path, ...args.map(({ name }) => name)].join(' ');
}

function usage(spec: CommandSpec, locale: Locale): string {
  const isMain = spec === COMMANDS[0];
  const words = isMain ? `[${spec.path[0]}]` : spec.path.join(' ');
  return [
    WORDS.usage[locale],
    'kefu-audit',
    words,
    '[options]',
    ...spec.arguments.map(({ name }) => name),
  ].join(' ');
}

function choicesOf(option: OptionSpec, command: CommandSpec): readonly string[] | undefined {
  return option.kind === 'formats' ? (command.formats ?? option.choices) : option.choices;
}

/** What help says of an option: text, choices and default. */
export function describeOption(
  spec: OptionSpec,
  locale: Locale,
  own: readonly string[] | undefined = spec.choices,
): string {
  const notes: string[] = [];
  const [choices, shown, comma] = locale === 'zh' ? ['可选 ', '默认 ', '、'] : ['one of ', 'default ', ', '];
  if (own) notes.push(choices + own.join(comma));
  if (spec.shown) notes.push(shown + (typeof spec.shown === 'string' ? spec.shown : spec.shown[locale]));
  if (notes.length === 0) return spec.text[locale];
  return locale === 'zh' ? `${spec.text.zh}（${notes.join('；')}）` : `${spec.text.en} (${notes.join('; ')})`;
}

/** `-o, --output <x>` with the switch that turns it off, as help shows it. */
export function termOf(spec: OptionSpec): string {
  return spec.no ? `${spec.flags}, ${spec.no}` : spec.flags;
}

/** A text as a sentence of its own. */
export function sentence(text: Bilingual, locale: Locale): string {
  return text[locale] + (locale === 'zh' ? '。' : '.');
}

function formatItem(term: string, text: string, width: number): string {
  const column = TERM_COLUMNS + 4;
  const right = indent(wrap(text, Math.max(20, width - column)), ' '.repeat(column));
  if (columnsOf(term) > TERM_COLUMNS) return `  ${term}\n${right}`;
  return `  ${term}${right.slice(columnsOf(term) + 2)}`;
}

const WORDS = {
  usage: { zh: '用法：', en: 'Usage:' },
  command: { zh: '命令', en: 'command' },
  arguments: { zh: '参数', en: 'Arguments' },
  commands: { zh: '命令', en: 'Commands' },
  examples: { zh: '例子', en: 'Examples' },
  version: { zh: '版本', en: 'version' },
  help: { zh: '显示帮助', en: 'this help' },
} as const satisfies Record<string, Bilingual>;

const EXIT_STATUS: Bilingual = {
  zh: '退出码：0 通过，1 未过门槛，2 审查不完整或不可信，130 被中断（见 docs/exit-status.md）',
  en: 'Exit status: 0 passed, 1 gate failed, 2 audit incomplete, 130 interrupted (see docs/exit-status.md)',
};
