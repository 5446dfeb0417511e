/**
 * Writes docs/cli.md, docs/cli.zh-CN.md and schema/config.schema.json from the tables of the command line. Run with
 * `npx tsx scripts/build-cli-docs.ts`.
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { COMMANDS, type CommandSpec } from '../src/cli/commands.js';
import { callOf, describeOption, sentence, termOf } from '../src/cli/help.js';
import { type Bilingual, GROUPS, type Locale, OPTIONS, type OptionSpec } from '../src/cli/options.js';
import { configJsonSchema } from '../src/config/schema.js';
import { RUN_ONLY } from '../src/config/settings.js';
import { REPORTERS } from '../src/report/index.js';

/** File (from the root of the repository) to text of everything that is made from the tables. */
export function buildCliDocs(): Map<string, string> {
  return new Map([
    ['docs/cli.md', page('en')],
    ['docs/cli.zh-CN.md', page('zh')],
    ['schema/config.schema.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`],
  ]);
}

const WORDS = {
  title: { zh: 'kefu-audit 的命令行', en: 'The command line of kefu-audit' },
  made: {
    zh: '本页由 `scripts/build-cli-docs.ts` 生成，请勿手改。',
    en: 'Made by `scripts/build-cli-docs.ts`; do not edit.',
  },
  other: { zh: '[English](cli.md)', en: '[中文](cli.zh-CN.md)' },
  commands: { zh: '命令', en: 'Commands' },
  command: { zh: '命令', en: 'command' },
  does: { zh: '作用', en: 'does' },
  options: { zh: '选项', en: 'Options' },
  option: { zh: '选项', en: 'option' },
  meaning: { zh: '含义', en: 'meaning' },
  where: { zh: '用于', en: 'of' },
  all: { zh: '全部', en: 'all' },
  examples: { zh: '例子', en: 'Examples' },
  formats: { zh: '报告格式', en: 'Report formats' },
  format: { zh: '格式', en: 'format' },
  streams: { zh: '输出与颜色', en: 'Streams and colours' },
  config: { zh: '配置文件', en: 'Config file' },
  exit: { zh: '退出码', en: 'Exit codes' },
} as const satisfies Record<string, Bilingual>;

const STREAMS: Bilingual = {
  zh: `- 标准输出只有报告，与 \`--output-file\` 写出的文件逐字节相同。进度、提示和错误都在标准错误。
- 输出到管道或文件时不截断、不折行、不上色。颜色依次取决于 \`--color\`、\`NO_COLOR\`、\`FORCE_COLOR\`、\`TERM=dumb\`、是不是终端。
- 报告要么完整，要么没有：出错或被中断时不打印半份表格或半个 JSON，文件先写在旁边再改名。只有 \`line\` 和 \`jsonl\` 边读边写。
- 管道另一端提前关闭（\`| head\`）不算错误。
- 只有路径写 \`-\` 时才读标准输入。从不提问。`,
  en: `- Standard output holds the report and nothing else, byte for byte what \`--output-file\` writes. Progress, notices and errors go to standard error.
- Into a pipe or file nothing is cut, wrapped or coloured. Colours follow \`--color\`, then \`NO_COLOR\`, \`FORCE_COLOR\`, \`TERM=dumb\`, and whether it is a terminal.
- A report is whole or not there: a failure or an interruption prints no half of a table or of a JSON document, and files are written beside their place and renamed. Only \`line\` and \`jsonl\` are written while reading.
- A reader that goes away (\`| head\`) is no error.
- Standard input is read only where the path is \`-\`. Nothing is ever asked.`,
};

const CONFIG: Bilingual = {
  zh: `从当前目录向上找 \`kefu-audit.config.json\`、\`.yaml\`、\`.yml\` 或 \`package.json\` 中的 \`"kefu-audit"\`，到仓库根目录或用户主目录为止。只是数据，不执行代码。

- 每项设置与选项同名（驼峰写法），\`--rule\` 对应 \`rules\`，\`--lexicon-disable\` 对应 \`lexiconDisabled\`；只关乎一次运行的不能写进去：{runOnly}。
- 优先级：命令行 > 环境变量（\`KEFU_AUDIT_CONFIG\`、\`KEFU_AUDIT_LOCALE\`、\`KEFU_AUDIT_COLOR\`）> 配置文件 > \`extends\` > 默认。
- \`extends\` 列出规则集（\`preset:strict\`）或别的配置文件，后面的优先；\`rules\` 和 \`columns\` 按名字合并，列表整个替换。
- 文件中的路径相对于该文件。写错的键是错误，所有问题一次报出。
- \`kefu-audit config print\` 打印生效的值和来源，\`kefu-audit config schema\` 打印 JSON Schema（[schema/config.schema.json](../schema/config.schema.json)），\`kefu-audit init\` 写一份样板。`,
  en: `Searched upward from the current folder: \`kefu-audit.config.json\`, \`.yaml\`, \`.yml\`, or \`"kefu-audit"\` in \`package.json\`, up to the root of the repository or the home folder. It is data; no code is run.

- Settings are named like options, in camel case; \`--rule\` is \`rules\`, \`--lexicon-disable\` is \`lexiconDisabled\`. What concerns one run only may not stand there: {runOnly}.
- Precedence: command line > environment (\`KEFU_AUDIT_CONFIG\`, \`KEFU_AUDIT_LOCALE\`, \`KEFU_AUDIT_COLOR\`) > config file > \`extends\` > defaults.
- \`extends\` names presets (\`preset:strict\`) or other config files, later ones win; \`rules\` and \`columns\` merge by name, lists replace.
- Paths in a file are relative to that file. Unknown keys are errors, and all problems are told at once.
- \`kefu-audit config print\` shows the effective values and their origins, \`kefu-audit config schema\` the JSON Schema ([schema/config.schema.json](../schema/config.schema.json)), \`kefu-audit init\` writes a template.`,
};

const EXIT: Bilingual = {
  zh: '0 通过，1 未过门槛，2 审查不完整或不可信，130 被中断。全部情形见 [exit-status.md](exit-status.md)。',
  en: '0 passed, 1 gate failed, 2 audit incomplete or not to be trusted, 130 interrupted. [exit-status.md](exit-status.md) has every case.',
};

function page(locale: Locale): string {
  const word = (name: keyof typeof WORDS) => WORDS[name][locale];
  const sections = [
    `# ${word('title')}`,
    `${word('made')} ${word('other')}`,
    `## ${word('commands')}`,
    table(
      [word('command'), word('does')],
      COMMANDS.map((command) => [`\`kefu-audit ${callOf(command)}\``, sentence(command.text, locale)]),
    ),
    `## ${word('options')}`,
    ...optionTables(locale),
    `## ${word('formats')}`,
    table(
      [word('format'), word('meaning')],
      REPORTERS.map(({ id, describe }) => [`\`${id}\``, describe[locale]]),
    ),
    `## ${word('examples')}`,
    `\`\`\`sh\n${COMMANDS.flatMap((command) => command.examples.map((one) => `# ${one.text[locale]}\n${one.line}`)).join('\n')}\n\`\`\``,
    `## ${word('streams')}`,
    STREAMS[locale],
    `## ${word('config')}`,
    CONFIG[locale].replace(
      '{runOnly}',
      RUN_ONLY.map((id) => `\`${id}\``).join(locale === 'zh' ? '、' : ', '),
    ),
    `## ${word('exit')}`,
    EXIT[locale],
  ];
  return `${sections.join('\n\n')}\n`;
}

function optionTables(locale: Locale): string[] {
  return Object.entries(GROUPS).flatMap(([group, title]) => {
    const options = Object.entries(OPTIONS).filter(
      ([, option]: [string, OptionSpec]) => option.group === group,
    );
    const rows = options.map(([id, option]: [string, OptionSpec]) => [
      code(termOf(option)),
      describeOption(option, locale),
      commandsWith(id, locale),
    ]);
    return [
      `### ${title[locale]}`,
      table([WORDS.option[locale], WORDS.meaning[locale], WORDS.where[locale]], rows),
    ];
  });
}

function commandsWith(id: string, locale: Locale): string {
  const having = COMMANDS.filter((command: CommandSpec) =>
    (command.options as readonly string[]).includes(id),
  );
  if (having.length === COMMANDS.length) return WORDS.all[locale];
  return having.map((command) => command.path.join(' ')).join(', ');
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [path, text] of buildCliDocs()) writeFileSync(new URL(`../${path}`, import.meta.url), text);
}
