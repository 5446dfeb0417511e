import type { Settings } from '../config/settings.js';
import { REPORTERS } from '../report/index.js';

export interface Bilingual {
  zh: string;
  en: string;
}

export type Locale = keyof Bilingual;

/** What the text of a value must be, and becomes; see `flags.ts`. */
export type ValueKind =
  | 'switch'
  | 'text'
  | 'list'
  | 'choice'
  | 'count'
  | 'score'
  | 'ratio'
  | 'columns'
  | 'rules'
  | 'formats'
  | 'moment';

export interface OptionSpec {
  /** As commander writes them: `-f, --format <name[=path]>`. */
  flags: string;
  /** The switch that turns it off, where there is one. */
  no?: string;
  group: GroupId;
  kind: ValueKind;
  choices?: readonly string[];
  /** The default as help shows it; none for switches that are off. */
  shown?: string | Bilingual;
  text: Bilingual;
}

export const GROUPS = {
  input: { zh: '输入', en: 'Input' },
  output: { zh: '输出', en: 'Output' },
  rules: { zh: '规则', en: 'Rules' },
  gate: { zh: '门槛', en: 'Gate' },
  privacy: { zh: '隐私', en: 'Privacy' },
  troubleshooting: { zh: '排查问题', en: 'Troubleshooting' },
} as const satisfies Record<string, Bilingual>;

export type GroupId = keyof typeof GROUPS;

/** Which option of the command line sets what. The two that choose the config file itself are no settings. */
export type OptionId = keyof Settings | 'config';

/**
 * Every option of every command, once: the parser, the help and docs/cli.md are made from this table, and the type
 * demands an entry for each setting.
 */
export const OPTIONS: { readonly [K in OptionId]: OptionSpec } = {
  inputFormat: {
    flags: '-i, --input-format <id>',
    group: 'input',
    kind: 'text',
    shown: 'auto',
    text: {
      zh: '输入的格式；auto 按内容判断，编号见 kefu-audit detect',
      en: 'format of the inputs; auto decides by content, ids from kefu-audit detect',
    },
  },
  encoding: {
    flags: '--encoding <name>',
    group: 'input',
    kind: 'choice',
    choices: ['auto', 'utf-8', 'gb18030', 'gbk', 'big5', 'utf-16le', 'utf-16be'],
    shown: 'auto',
    text: { zh: '文字编码', en: 'text encoding' },
  },
  timezone: {
    flags: '--timezone <iana>',
    group: 'input',
    kind: 'text',
    shown: 'Asia/Shanghai',
    text: {
      zh: '导出文件中时间的时区；从不取本机时区',
      en: "time zone of the times in the exports; never the machine's",
    },
  },
  profile: {
    flags: '--profile <id>',
    group: 'input',
    kind: 'text',
    shown: { zh: '随平台', en: "the platform's own" },
    text: {
      zh: '按哪个平台的口径计时，见 kefu-audit profiles',
      en: 'how waits are counted, see kefu-audit profiles',
    },
  },
  calendar: {
    flags: '--calendar <file>',
    group: 'input',
    kind: 'text',
    text: {
      zh: '工作时间表（YAML 或 JSON）：上班时间、节假日、豁免日',
      en: 'calendar of working hours, holidays and exempt days (YAML or JSON)',
    },
  },
  columns: {
    flags: '--columns <field=header,...>',
    group: 'input',
    kind: 'columns',
    text: {
      zh: '表格各列的含义，例如 time=时间,role=角色,text=内容',
      en: 'which column holds what, such as time=时间,role=角色,text=内容',
    },
  },
  agent: {
    flags: '--agent <pattern>',
    group: 'input',
    kind: 'list',
    text: { zh: '名字符合的是客服，* 代表任意字；可重复', en: 'who is an agent, * for any run; repeatable' },
  },
  ofAgent: {
    flags: '--agent <pattern>',
    group: 'input',
    kind: 'list',
    text: {
      zh: '说明哪位客服的指标，* 代表任意字；可重复，不写则全部',
      en: 'whose figure to explain, * for any run; repeatable, all if not given',
    },
  },
  customer: {
    flags: '--customer <pattern>',
    group: 'input',
    kind: 'list',
    text: { zh: '名字符合的是顾客；可重复', en: 'who is a customer; repeatable' },
  },
  bot: {
    flags: '--bot <pattern>',
    group: 'input',
    kind: 'list',
    text: { zh: '名字符合的是机器人；可重复', en: 'who is a robot; repeatable' },
  },
  since: {
    flags: '--since <date>',
    group: 'input',
    kind: 'moment',
    text: {
      zh: '只看从这天（或时刻）起开始的会话，例如 2026-03-01',
      en: 'only conversations that began on or after this day or time, such as 2026-03-01',
    },
  },
  until: {
    flags: '--until <date>',
    group: 'input',
    kind: 'moment',
    text: {
      zh: '只看到这天（含）为止开始的会话',
      en: 'only conversations that began up to the end of this day',
    },
  },
  sample: {
    flags: '--sample <n>',
    group: 'input',
    kind: 'count',
    text: {
      zh: '只抽 n 段会话；同样的输入总是抽到同样的',
      en: 'draw n conversations by lot; the same ones from the same inputs',
    },
  },
  stdinFilename: {
    flags: '--stdin-filename <name>',
    group: 'input',
    kind: 'text',
    text: {
      zh: '路径为 - 时，报告中代表标准输入的名字',
      en: 'what to call standard input when the path is -',
    },
  },
  format: {
    flags: '-f, --format <name[=path]>',
    group: 'output',
    kind: 'formats',
    choices: REPORTERS.map((reporter) => reporter.id),
    shown: 'table',
    text: {
      zh: '报告格式，可重复；写 =路径 则存成文件',
      en: 'report format, repeatable; with =path it goes to a file',
    },
  },
  outputFile: {
    flags: '-o, --output-file <path>',
    group: 'output',
    kind: 'text',
    shown: { zh: '标准输出', en: 'standard output' },
    text: {
      zh: '没有写 =路径 的那个格式存到这里；- 为标准输出',
      en: 'file for the format that has no =path; - is standard output',
    },
  },
  onlyAgent: {
    flags: '--only-agent <pattern>',
    group: 'output',
    kind: 'list',
    text: {
      zh: '只报告这些客服，* 代表任意字，可重复；排名仍是在全体中的',
      en: 'report these agents alone, * for any run, repeatable; ranks stay those among all',
    },
  },
  csvTable: {
    flags: '--csv-table <name>',
    group: 'output',
    kind: 'choice',
    choices: ['agents', 'findings', 'turns', 'customers', 'promises'],
    shown: 'agents',
    text: { zh: 'csv 写哪张表', en: 'which table csv writes' },
  },
  evalTable: {
    flags: '--eval-table <name>',
    group: 'output',
    kind: 'choice',
    choices: ['figures', 'cases'],
    shown: 'figures',
    text: { zh: 'csv 写数字还是判错的轮次', en: 'whether csv has the figures or the turns judged wrongly' },
  },
  headers: {
    flags: '--headers <zh|en>',
    group: 'output',
    kind: 'choice',
    choices: ['zh', 'en'],
    shown: 'en',
    text: { zh: 'csv 表头的语言', en: 'language of the csv headers' },
  },
  bom: {
    flags: '--bom',
    no: '--no-bom',
    group: 'output',
    kind: 'switch',
    text: { zh: 'csv 加 BOM，供 Excel 直接打开', en: 'byte-order mark before csv, for Excel' },
  },
  maxShown: {
    flags: '--max-shown <n>',
    group: 'output',
    kind: 'count',
    shown: '10',
    text: { zh: 'table 最多列出几处发现', en: 'how many places with findings table lists' },
  },
  quiet: {
    flags: '-q, --quiet',
    group: 'output',
    kind: 'switch',
    text: {
      zh: '只列 error 级发现，不提示；门槛仍按全部计算',
      en: 'list only findings of severity error, no notices; the gate still counts all',
    },
  },
  locale: {
    flags: '--locale <zh|en>',
    group: 'output',
    kind: 'choice',
    choices: ['zh', 'en'],
    shown: 'zh',
    text: {
      zh: '语言；也可设环境变量 KEFU_AUDIT_LOCALE',
      en: 'language; also the environment variable KEFU_AUDIT_LOCALE',
    },
  },
  color: {
    flags: '--color <when>',
    no: '--no-color',
    group: 'output',
    kind: 'choice',
    choices: ['auto', 'always', 'never'],
    shown: 'auto',
    text: {
      zh: '颜色；auto 时遵从 NO_COLOR、FORCE_COLOR 与终端',
      en: 'colours; auto honours NO_COLOR, FORCE_COLOR and the terminal',
    },
  },
  progress: {
    flags: '-n, --no-progress',
    group: 'output',
    kind: 'switch',
    text: { zh: '不显示进度', en: 'no progress line' },
  },
  preset: {
    flags: '--preset <name>',
    group: 'rules',
    kind: 'text',
    shown: 'recommended',
    text: { zh: '从哪套规则开始', en: 'which set of rules to start from' },
  },
  rules: {
    flags: '--rule <id:severity>',
    group: 'rules',
    kind: 'rules',
    text: {
      zh: '改一条规则的级别：error、warning、info 或 off；latency/* 代表一整类；可重复',
      en: 'severity of a rule: error, warning, info or off; latency/* for a category; repeatable',
    },
  },
  lexicon: {
    flags: '--lexicon <file>',
    group: 'rules',
    kind: 'list',
    text: { zh: '追加自己的词库（YAML）；可重复', en: 'add a lexicon of your own (YAML); repeatable' },
  },
  lexiconDisabled: {
    flags: '--lexicon-disable <entry>',
    group: 'rules',
    kind: 'list',
    text: { zh: '停用一条词库条目；可重复', en: 'do without a lexicon entry; repeatable' },
  },
  page: {
    flags: '--page <file>',
    group: 'rules',
    kind: 'list',
    text: {
      zh: '商品页面的文字（文本或 HTML）：只粘贴页面、没有回答问题的，算答非所问；可重复',
      en: 'text of the product page (plain or HTML): pasting it is no answer to what it does not answer; repeatable',
    },
  },
  segmenter: {
    flags: '--segmenter <name>',
    group: 'rules',
    kind: 'choice',
    choices: ['auto', 'nodejieba', 'node-rs'],
    shown: 'auto',
    text: {
      zh: '分词器；auto 取装得上的第一个',
      en: 'word segmenter; auto takes the first that is installed',
    },
  },
  positiveAt: {
    flags: '--positive-at <mean>',
    group: 'rules',
    kind: 'choice',
    choices: ['0.5', '1', '1.5', '2'],
    shown: '1',
    text: {
      zh: '标注平均到多少算“是”；0 为“不是”，其间存疑、不计',
      en: 'mean label from which a turn is positive; 0 is negative, what lies between is left out',
    },
  },
  minSeverity: {
    flags: '--min-severity <severity>',
    group: 'rules',
    kind: 'choice',
    choices: ['error', 'warning', 'info'],
    shown: 'info',
    text: { zh: '级别低于此的发现不算报告', en: 'findings milder than this do not count as reported' },
  },
  failOn: {
    flags: '--fail-on <severity>',
    group: 'gate',
    kind: 'choice',
    choices: ['error', 'warning', 'info', 'none'],
    shown: 'error',
    text: {
      zh: '有这一级或更重的发现时退出码为 1',
      en: 'exit 1 when there is a finding of this severity or worse',
    },
  },
  maxFindings: {
    flags: '--max-findings <n>',
    group: 'gate',
    kind: 'count',
    text: {
      zh: '发现（不论级别）超过 n 条时退出码为 1',
      en: 'exit 1 above this many findings of any severity',
    },
  },
  minScore: {
    flags: '--min-score <n>',
    group: 'gate',
    kind: 'score',
    text: { zh: '有客服评分低于 n（0–100）时退出码为 1', en: 'exit 1 when an agent scores below n (0-100)' },
  },
  maxBreachRatio: {
    flags: '--max-breach-ratio <ratio>',
    group: 'gate',
    kind: 'ratio',
    text: {
      zh: '有客服的超时轮次占比高于此值（0–1 或 5%）时退出码为 1',
      en: "exit 1 when a larger share of an agent's turns was slow (0-1 or 5%)",
    },
  },
  maxSkipped: {
    flags: '--max-skipped <ratio>',
    group: 'gate',
    kind: 'ratio',
    shown: '0.05',
    text: {
      zh: '读不懂的记录占比高于此值时退出码为 2',
      en: 'exit 2 when a larger share of records was not understood',
    },
  },
  minPrecision: {
    flags: '--min-precision <ratio>',
    group: 'gate',
    kind: 'ratio',
    text: {
      zh: '有类别的查准率低于此值（0–1 或 90%）时退出码为 1',
      en: 'exit 1 when the precision of a category is lower (0-1 or 90%)',
    },
  },
  minRecall: {
    flags: '--min-recall <ratio>',
    group: 'gate',
    kind: 'ratio',
    text: {
      zh: '有类别的查全率低于此值（0–1 或 90%）时退出码为 1',
      en: 'exit 1 when the recall of a category is lower (0-1 or 90%)',
    },
  },
  maxFalseAlarms: {
    flags: '--max-false-alarms <n>',
    group: 'gate',
    kind: 'count',
    text: {
      zh: '有类别每万轮误报多于 n 时退出码为 1',
      en: 'exit 1 when a category has more false alarms per 10,000 turns',
    },
  },
  baseline: {
    flags: '--baseline <file>',
    no: '--no-baseline',
    group: 'gate',
    kind: 'text',
    shown: { zh: '有 kefu-audit.baseline.json 则用', en: 'kefu-audit.baseline.json if there is one' },
    text: { zh: '已确认、不再报告的发现', en: 'findings that were accepted and are no longer reported' },
  },
  redact: {
    flags: '--redact',
    no: '--no-redact',
    group: 'privacy',
    kind: 'switch',
    text: {
      zh: '遮住原话中的手机号、证件号、卡号、订单号、邮箱、地址等',
      en: 'mask phone, identity, card and order numbers, addresses and the like in quotes',
    },
    shown: { zh: '给人看的格式遮，给程序的不遮', en: 'on in formats for people, off in those for machines' },
  },
  config: {
    flags: '-c, --config <file>',
    no: '--no-config',
    group: 'troubleshooting',
    kind: 'text',
    shown: { zh: '从当前目录向上找', en: 'searched upward from here' },
    text: { zh: '配置文件', en: 'config file' },
  },
  timing: {
    flags: '--timing',
    group: 'troubleshooting',
    kind: 'switch',
    text: { zh: '在标准错误输出各规则的耗时', en: 'time spent in each rule, on standard error' },
  },
  debug: {
    flags: '--debug',
    group: 'troubleshooting',
    kind: 'switch',
    text: { zh: '出错时附上调用栈', en: 'stack traces with errors' },
  },
};
