import type { CommandRun } from './context.js';
import type { Bilingual, OptionId } from './options.js';

export interface CommandSpec {
  /** Words of the command line that name it: `['lexicon', 'check']`. */
  path: readonly string[];
  text: Bilingual;
  arguments: readonly { name: string; text: Bilingual }[];
  options: readonly OptionId[];
  /** The formats that it writes, where these are not all. */
  formats?: readonly string[];
  examples: readonly { line: string; text: Bilingual }[];
  /** Loads the code of the command: only what is called is loaded, so `--help` stays quick. */
  load: () => Promise<{ run: CommandRun }>;
}

const COMMON = ['locale', 'color', 'debug'] as const satisfies OptionId[];

const READING = [
  'inputFormat',
  'encoding',
  'timezone',
  'columns',
  'agent',
  'customer',
  'bot',
  'stdinFilename',
] as const satisfies OptionId[];

const JUDGING = [
  'profile',
  'calendar',
  'since',
  'until',
  'preset',
  'rules',
  'lexicon',
  'lexiconDisabled',
  'page',
  'segmenter',
] as const satisfies OptionId[];

/** A period would drop from a baseline all that lies outside of it. */
const WITHOUT_PERIOD = JUDGING.filter((id) => id !== 'since' && id !== 'until');

const AUDIT = [
  ...READING,
  ...JUDGING,
  'onlyAgent',
  'format',
  'outputFile',
  'csvTable',
  'headers',
  'bom',
  'maxShown',
  'quiet',
  'progress',
  'failOn',
  'maxFindings',
  'minScore',
  'maxBreachRatio',
  'maxSkipped',
  'baseline',
  'redact',
  'config',
  'timing',
  ...COMMON,
] as const satisfies OptionId[];

const EVAL = [
  ...READING,
  'profile',
  'preset',
  'rules',
  'lexicon',
  'lexiconDisabled',
  'page',
  'segmenter',
  'positiveAt',
  'minSeverity',
  'format',
  'outputFile',
  'evalTable',
  'headers',
  'bom',
  'maxShown',
  'quiet',
  'minPrecision',
  'minRecall',
  'maxFalseAlarms',
  'maxSkipped',
  'redact',
  'config',
  ...COMMON,
] as const satisfies OptionId[];

const PATHS = {
  name: '[paths...]',
  text: { zh: '文件、文件夹或通配符；- 为标准输入', en: 'files, folders or globs; - is standard input' },
};

/** Every command. The first is the one that runs when none is named. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    path: ['audit'],
    text: {
      zh: '审查客服聊天导出：辱骂、敷衍与回复慢，逐个客服给出评分和原话证据',
      en: 'Audit customer-service chat exports for abuse, dismissiveness and slow replies, with the words quoted',
    },
    arguments: [PATHS],
    options: AUDIT,
    examples: [
      { line: 'kefu-audit exports/', text: { zh: '审查一个文件夹', en: 'audit a folder' } },
      {
        line: "kefu-audit qq.txt --encoding gb18030 -f json | jq '.agents[] | {agentName, score}'",
        text: { zh: '指定编码，取出评分', en: 'name the encoding, take the scores' },
      },
      {
        line: 'kefu-audit logs/ -f table -f csv=agents.csv --headers zh --bom',
        text: { zh: '屏幕看表，另存一份给 Excel', en: 'a table here and a file for Excel' },
      },
      {
        line: 'kefu-audit 客服记录.xlsx --columns time=发送时间,speaker=发送人,text=内容 --agent "旗舰店:*"',
        text: { zh: '自定义列名，说明谁是客服', en: 'name the columns and the agents' },
      },
      {
        line: 'kefu-audit sample.csv --fail-on error --min-score 80',
        text: { zh: '作为持续集成的门槛', en: 'a gate for CI' },
      },
      {
        line: 'cat day.jsonl | kefu-audit - --stdin-filename day.jsonl',
        text: { zh: '从标准输入读', en: 'read standard input' },
      },
    ],
    load: () => import('./commands/audit.js'),
  },
  {
    path: ['customers'],
    text: {
      zh: '同一位顾客前后多次的记录：来过几次、见过谁、被反复要过什么、承诺兑现没有',
      en: 'Customers over all their chats: how often they came, whom they met, what was asked again, which promises were kept',
    },
    arguments: [PATHS],
    options: [
      ...READING,
      ...JUDGING,
      'format',
      'outputFile',
      'csvTable',
      'headers',
      'bom',
      'maxShown',
      'quiet',
      'progress',
      'maxSkipped',
      'redact',
      'config',
      ...COMMON,
    ],
    examples: [
      {
        line: 'kefu-audit customers exports/',
        text: { zh: '谁反复来找，为什么', en: 'who keeps coming back, and why' },
      },
      {
        line: 'kefu-audit customers exports/ -f csv=ledger.csv --csv-table promises --bom',
        text: { zh: '把承诺台账存给 Excel', en: 'the promise ledger for Excel' },
      },
    ],
    load: () => import('./commands/customers.js'),
  },
  {
    path: ['detect'],
    text: {
      zh: '说明每个文件会被怎样读取：格式、编码、理由',
      en: 'Tell how each file would be read: format, encoding, and why',
    },
    arguments: [PATHS],
    options: [...READING, 'config', ...COMMON],
    examples: [
      { line: 'kefu-audit detect exports/', text: { zh: '看看都是什么格式', en: 'see what the files are' } },
    ],
    load: () => import('./commands/detect.js'),
  },
  {
    path: ['convert'],
    text: {
      zh: '把导出转成统一的 JSONL，一行一条消息，不作判断',
      en: 'Turn exports into canonical JSONL, one message a line, judging nothing',
    },
    arguments: [PATHS],
    options: [
      ...READING,
      'profile',
      'since',
      'until',
      'outputFile',
      'maxSkipped',
      'progress',
      'quiet',
      'redact',
      'config',
      ...COMMON,
    ],
    examples: [
      {
        line: 'kefu-audit convert 旺旺.txt -o messages.jsonl',
        text: { zh: '转换一个文件', en: 'convert a file' },
      },
      {
        line: 'kefu-audit convert 旺旺.txt | kefu-audit -',
        text: { zh: '与直接审查结果相同', en: 'the same as auditing the file' },
      },
    ],
    load: () => import('./commands/convert.js'),
  },
  {
    path: ['explain'],
    text: {
      zh: '列出一项指标的分子、分母和没有计入的轮次，供与平台后台核对',
      en: 'List the turns in numerator and denominator of a figure, and those left out, to hold against the platform',
    },
    arguments: [
      {
        name: '<metric>',
        text: {
          zh: '指标编号，例如 response-rate-3min，见 docs/metrics.md',
          en: 'a metric id, such as response-rate-3min, see docs/metrics.md',
        },
      },
      PATHS,
    ],
    options: [
      'inputFormat',
      'encoding',
      'timezone',
      'columns',
      'ofAgent',
      'customer',
      'bot',
      'stdinFilename',
      'profile',
      'calendar',
      'since',
      'until',
      'format',
      'outputFile',
      'headers',
      'bom',
      'quiet',
      'progress',
      'maxSkipped',
      'redact',
      'config',
      ...COMMON,
    ],
    formats: ['table', 'json', 'jsonl', 'csv'],
    examples: [
      {
        line: "kefu-audit explain response-rate-3min --agent '*:小满' exports/",
        text: { zh: '小满的三分钟响应率是怎么算出来的', en: 'how one agent’s 3-minute rate comes about' },
      },
      {
        line: 'kefu-audit explain response-time exports/ --profile tmall-2025 -f csv -o waits.csv --bom',
        text: { zh: '每一次等待，存给 Excel 核对', en: 'every wait, for Excel' },
      },
    ],
    load: () => import('./commands/explain.js'),
  },
  {
    path: ['rules'],
    text: { zh: '列出规则；给出编号则详细说明一条', en: 'List the rules; with an id, explain one' },
    arguments: [
      { name: '[id]', text: { zh: '规则编号，例如 abuse/insult', en: 'a rule id, such as abuse/insult' } },
    ],
    options: COMMON,
    examples: [
      {
        line: 'kefu-audit rules abuse/insult',
        text: { zh: '查什么、为什么、该怎么做', en: 'what, why, and what to do instead' },
      },
    ],
    load: () => import('./commands/rules.js'),
  },
  {
    path: ['sheet'],
    text: {
      zh: '把聊天写成一张待标注的表格，一行一条消息；填好后交给 eval',
      en: 'Write chats as a sheet to be labelled, a message a row; filled in, it is for eval',
    },
    arguments: [PATHS],
    options: [
      ...READING,
      'profile',
      'since',
      'until',
      'sample',
      'outputFile',
      'headers',
      'bom',
      'maxSkipped',
      'progress',
      'quiet',
      'redact',
      'config',
      ...COMMON,
    ],
    examples: [
      {
        line: 'kefu-audit sheet exports/ --sample 50 --headers zh --bom -o 待标注.csv',
        text: { zh: '随机抽 50 段会话，用 Excel 标注', en: 'draw 50 conversations to label in Excel' },
      },
    ],
    load: () => import('./commands/sheet.js'),
  },
  {
    path: ['eval'],
    text: {
      zh: '用自己标注过的聊天检验规则：查准率、查全率、误报、标注一致程度和判错的轮次',
      en: 'Hold the rules against chats that you labelled: precision, recall, false alarms, agreement, and what was judged wrongly',
    },
    arguments: [
      {
        name: '[paths...]',
        text: {
          zh: '带标注的 JSONL，或加了“标注:敷衍”等列的表格，见 docs/eval.md',
          en: 'labelled JSONL, or tables with columns such as label:dismissive, see docs/eval.md',
        },
      },
    ],
    options: EVAL,
    formats: ['table', 'json', 'jsonl', 'csv'],
    examples: [
      {
        line: 'kefu-audit eval fixtures/eval/*.jsonl',
        text: { zh: '用自带的样本检验', en: 'on the samples that ship with the sources' },
      },
      {
        line: 'kefu-audit eval 标注.xlsx --min-severity warning -f csv=判错.csv --eval-table cases --bom',
        text: { zh: '把判错的轮次存给 Excel 看', en: 'keep what was judged wrongly for Excel' },
      },
      {
        line: 'kefu-audit eval labels.jsonl --lexicon my-words.yaml --min-precision 90% --max-false-alarms 10',
        text: { zh: '改词库时守住底线', en: 'hold the line while words are changed' },
      },
    ],
    load: () => import('./commands/eval.js'),
  },
  {
    path: ['profiles'],
    text: {
      zh: '列出平台口径；给出编号则说明怎样计、出处与冲突',
      en: 'List platform profiles; with an id, tell how it counts, where that is from, and what is in conflict',
    },
    arguments: [{ name: '[id]', text: { zh: '口径编号或文件', en: 'a profile id or file' } }],
    options: ['format', ...COMMON],
    examples: [
      {
        line: 'kefu-audit profiles tmall-2025',
        text: { zh: '看一个口径怎样计', en: 'see how a profile counts' },
      },
      {
        line: 'kefu-audit profiles tmall-2025 -f json > mine.json',
        text: { zh: '复制一份，改成自己的', en: 'copy one to make it your own' },
      },
    ],
    load: () => import('./commands/profiles.js'),
  },
  {
    path: ['lexicon', 'check'],
    text: {
      zh: '检查词库：每条的 hit 例句必须命中，miss 例句必须不命中',
      en: 'Check lexicons: every hit example must match and every miss must not',
    },
    arguments: [
      {
        name: '[files...]',
        text: {
          zh: '自己的词库文件；自带的总会检查',
          en: 'lexicons of your own; the shipped ones are always checked',
        },
      },
    ],
    options: ['lexicon', 'config', ...COMMON],
    examples: [
      {
        line: 'kefu-audit lexicon check my-words.yaml',
        text: { zh: '检查自己的词库', en: 'check a lexicon of your own' },
      },
    ],
    load: () => import('./commands/lexicon-check.js'),
  },
  {
    path: ['lexicon', 'test'],
    text: {
      zh: '试一句话：哪些条目命中、命中哪几个字、经过哪些还原',
      en: 'Try a sentence: which entries match, where, and after which steps',
    },
    arguments: [{ name: '<text>', text: { zh: '要试的话', en: 'the sentence' } }],
    options: ['lexicon', 'lexiconDisabled', 'segmenter', 'config', ...COMMON],
    examples: [
      { line: 'kefu-audit lexicon test "稍等一下亲"', text: { zh: '试一句话', en: 'try a sentence' } },
    ],
    load: () => import('./commands/lexicon-test.js'),
  },
  {
    path: ['config', 'print'],
    text: {
      zh: '打印生效的配置，每项注明来自哪里',
      en: 'Print the effective configuration, each value with its origin',
    },
    arguments: [],
    options: AUDIT,
    examples: [
      {
        line: 'kefu-audit config print --preset strict',
        text: { zh: '看看命令行覆盖了什么', en: 'see what a flag overrides' },
      },
    ],
    load: () => import('./commands/config-print.js'),
  },
  {
    path: ['config', 'schema'],
    text: { zh: '打印配置文件的 JSON Schema', en: 'Print the JSON Schema of config files' },
    arguments: [],
    options: COMMON,
    examples: [],
    load: () => import('./commands/config-schema.js'),
  },
  {
    path: ['init'],
    text: {
      zh: '在当前目录写一份带注释的配置文件',
      en: 'Write a commented config file into this folder',
    },
    arguments: [
      { name: '[file]', text: { zh: '默认 kefu-audit.config.yaml', en: 'default kefu-audit.config.yaml' } },
    ],
    options: COMMON,
    examples: [{ line: 'kefu-audit init', text: { zh: '从这里开始', en: 'start here' } }],
    load: () => import('./commands/init.js'),
  },
  {
    path: ['baseline', 'write'],
    text: {
      zh: '把现有的发现记为已确认，以后只报新的',
      en: 'Accept the findings of today, so that only new ones are reported',
    },
    arguments: [PATHS],
    options: [...READING, ...JUDGING, 'baseline', 'maxSkipped', 'progress', 'config', ...COMMON],
    examples: [
      {
        line: 'kefu-audit baseline write exports/',
        text: { zh: '写 kefu-audit.baseline.json', en: 'write kefu-audit.baseline.json' },
      },
    ],
    load: () => import('./commands/baseline-write.js'),
  },
  {
    path: ['baseline', 'prune'],
    text: {
      zh: '从基线中去掉这些输入的会话里已经不再出现的发现',
      en: 'Drop from the baseline what the conversations of these inputs no longer show',
    },
    arguments: [PATHS],
    options: [...READING, ...WITHOUT_PERIOD, 'baseline', 'maxSkipped', 'progress', 'config', ...COMMON],
    examples: [
      {
        line: 'kefu-audit baseline prune exports/',
        text: { zh: '清理基线', en: 'tidy the baseline' },
      },
    ],
    load: () => import('./commands/baseline-prune.js'),
  },
];

/** Texts of command words that only hold others. */
export const COMMAND_GROUPS: Readonly<Record<string, Bilingual>> = {
  lexicon: { zh: '检查和试用词库', en: 'Check and try lexicons' },
  config: { zh: '查看配置', en: 'See the configuration' },
  baseline: { zh: '管理已确认的发现', en: 'Manage accepted findings' },
};
