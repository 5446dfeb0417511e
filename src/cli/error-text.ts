import { ConfigError, type ConfigProblem } from '../config/load.js';
import type { LabelProblemCode } from '../eval/labels.js';
import { COLUMN_FIELDS } from '../ingest/columns.js';
import { type ErrorCode, KefuError } from '../model/errors.js';
import type { SkipReason } from '../model/skip.js';
import { SKIP_TERMS } from '../report/messages/terms.js';
import { visible } from '../report/visible.js';
import { lexiconProblemText } from './lexicon-problems.js';
import type { Bilingual, Locale } from './options.js';
import { archiveReason, kindName, systemReason } from './reason-text.js';
import { schemaProblemText, schemaText } from './schema-text.js';

/** A failure in its four parts; what does not apply is null. */
export interface ErrorText {
  what: string;
  where: string | null;
  why: string | null;
  todo: string | null;
}

type Part = Bilingual | null;
interface Parts {
  what: Bilingual;
  why?: Part;
  todo?: Part;
}

/** Data of an error, safe to show: `one('value')` is text, `all('choices')` a list. */
class Data {
  constructor(
    private readonly data: KefuError['data'],
    readonly locale: Locale,
  ) {}

  has(name: string): boolean {
    const value = this.data[name];
    return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  }

  one(name: string): string {
    const value = this.data[name];
    if (value === undefined) return '';
    return Array.isArray(value) ? this.all(name) : short(String(value));
  }

  list(name: string): string[] {
    const value = this.data[name];
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : [String(value)]).map((one) => short(one));
  }

  all(name: string): string {
    return joined(this.list(name), this.locale);
  }

  /** The first of a list that may be long, and how many there are. */
  few(name: string, most = 12): string {
    const list = this.list(name);
    if (list.length <= most) return joined(list, this.locale);
    const shown = joined(list.slice(0, most), this.locale);
    return this.locale === 'zh' ? `${shown}…共 ${list.length} 个` : `${shown}, … (${list.length} in all)`;
  }

  /** Every value, for codes that have no sentence of their own. */
  dump(): string {
    return Object.keys(this.data)
      .map((name) => `${name}=${this.one(name)}`)
      .join(', ');
  }
}

/** Text of unknown origin, visible and not endless. */
function short(text: string, limit = 200): string {
  return visible(text.length > limit ? `${text.slice(0, limit)}…` : text);
}

function joined(list: readonly string[], locale: Locale): string {
  return list.join(locale === 'zh' ? '、' : ', ');
}

/** Puts an error that nobody foresaw among the known ones. */
export function asKnown(error: unknown): KefuError {
  if (error instanceof KefuError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new KefuError('internal', { data: { problem: 'unexpected', message } });
}

/** The parts on lines of their own, for standard error. */
export function errorMessage(error: KefuError, locale: Locale): string {
  const text = errorText(error, locale);
  const names = locale === 'zh' ? ['位置：', '原因：', '办法：'] : ['where: ', 'why: ', 'what to do: '];
  const rest = [text.where, text.why, text.todo].map((part, at) => (part ? `\n  ${names[at]}${part}` : ''));
  return text.what + rest.join('');
}

/** What happened, where, why, and what to do, in the user's language and harmless for a terminal. */
export function errorText(error: KefuError, locale: Locale): ErrorText {
  const data = new Data(error.data, locale);
  const file = error.file === null ? '' : visible(error.file);
  const parts = TEXTS[error.code](data, file, error);
  const what = parts.what[locale];
  const line = error.line === null || error.line < 1 ? '' : `:${error.line}`;
  return {
    what,
    // Nothing is told twice.
    where: file === '' || (line === '' && what.includes(file)) ? null : file + line,
    why: parts.why?.[locale] ?? null,
    todo: parts.todo?.[locale] ?? null,
  };
}

/** One entry a code: a new code does not compile until it has its words. */
const TEXTS: Record<ErrorCode, (data: Data, file: string, error: KefuError) => Parts> = {
  usage: (data) => usageText(data),
  config: (data, _, error) =>
    error instanceof ConfigError ? configFileText(error, data.locale) : configText(data, error),
  'not-found': (data, file) => ({
    what: { zh: `找不到 ${file}`, en: `${file} was not found` },
    why: {
      zh: '没有这个文件或文件夹，通配符也没有匹配到任何文件',
      en: 'there is no such file or folder, and no file matches the pattern',
    },
    todo: data.has('suggestions')
      ? { zh: `是不是 ${data.all('suggestions')}？`, en: `did you mean ${data.all('suggestions')}?` }
      : { zh: '检查拼写和当前文件夹', en: 'check the spelling and the current folder' },
  }),
  'no-permission': (_, file) => ({
    what: { zh: `没有权限读取 ${file}`, en: `no permission to read ${file}` },
    why: { zh: '系统拒绝了读取', en: 'the system refused' },
    todo: {
      zh: '修改文件权限，或换一个有权限的账号',
      en: 'change its permissions, or run as somebody who may read it',
    },
  }),
  'no-exports': (_, file) => ({
    what: { zh: `${file} 里没有聊天导出`, en: `no chat export in ${file}` },
    why: {
      zh: '其中没有能识别的文件（txt、log、csv、xlsx、json、jsonl、mht、zip …）',
      en: 'it holds no file of a kind that is known (txt, log, csv, xlsx, json, jsonl, mht, zip, …)',
    },
    todo: { zh: '换一个文件夹，或直接写出文件路径', en: 'name another folder, or the files themselves' },
  }),
  'empty-file': (_, file) => ({
    what: { zh: `${file} 是空的`, en: `${file} is empty` },
    why: {
      zh: '文件里没有任何内容，可能没有导出完',
      en: 'it holds nothing; perhaps the export did not finish',
    },
    todo: { zh: '重新导出，或去掉这个文件', en: 'export it again, or leave it out' },
  }),
  'binary-file': (data, file) => ({
    what: {
      zh: `${file} 不是文字，也不是能读的表格`,
      en: `${file} is neither text nor a workbook that can be read`,
    },
    why: data.has('kind')
      ? { zh: `内容是 ${data.one('kind')}`, en: `its content is ${data.one('kind')}` }
      : { zh: '内容是二进制数据', en: 'its content is binary data' },
    todo: {
      zh: '在聊天软件中导出为 TXT、CSV、XLSX 或 JSON 再试',
      en: 'export the chat as TXT, CSV, XLSX or JSON',
    },
  }),
  'unsupported-format': (data, file) => {
    const kind = kindName(data.one('kind'));
    const none = { zh: '没有能读它的读取器', en: 'there is no reader for it' };
    return {
      what: {
        zh: `不支持 ${file || data.one('value')} 的格式`,
        en: `the format of ${file || data.one('value')} is not supported`,
      },
      why: data.has('kind')
        ? { zh: `内容是${kind.zh}`, en: `its content is ${kind.en}` }
        : { zh: data.dump() || none.zh, en: data.dump() || none.en },
      todo: kind.todo ?? { zh: '另存为 XLSX、CSV 或 TXT 再试', en: 'save it as XLSX, CSV or TXT' },
    };
  },
  'broken-archive': (data, file) => ({
    what: { zh: `${file} 已损坏`, en: `${file} is damaged` },
    why: archiveReason(data.one('reason')),
    todo: { zh: '重新导出或重新下载', en: 'export or download it again' },
  }),
  'ambiguous-format': (data, file) => ({
    what: { zh: `${file} 的格式有不止一种可能`, en: `${file} could be of more than one format` },
    why: {
      zh: `都说得通：${data.all('candidates')}`,
      en: `these fit equally well: ${data.all('candidates')}`,
    },
    todo: {
      zh: `用 --input-format 指定其中一种；kefu-audit detect 会说明理由`,
      en: `choose one with --input-format; kefu-audit detect tells why`,
    },
  }),
  'unknown-format': (data, file) => unknownFormatText(data, file),
  'unknown-columns': (data, file) => unknownColumnsText(data, file),
  'changed-while-read': (_, file) => ({
    what: { zh: `${file} 在读取时被改动`, en: `${file} changed while it was read` },
    why: {
      zh: '大小或修改时间前后不一致，读到的可能不完整',
      en: 'its size or time differs from before; what was read may not be whole',
    },
    todo: { zh: '等导出结束后再审查，或先复制一份', en: 'wait for the export to finish, or audit a copy' },
  }),
  'read-failed': (data, file, error) => ({
    what: { zh: `读取 ${file || '输入'} 失败`, en: `reading ${file || 'the input'} failed` },
    why: systemReason(data.one('reason') || short(causeOf(error)) || data.dump()),
    todo: { zh: '检查磁盘和文件后再试', en: 'check the disk and the file, and try again' },
  }),
  'write-failed': (data, file) => ({
    what:
      file === 'stdout'
        ? { zh: '无法写到标准输出', en: 'cannot write to standard output' }
        : { zh: `无法写入 ${file}`, en: `cannot write ${file}` },
    why: systemReason(data.one('reason')),
    todo: {
      zh: '换一个位置，或腾出空间、修改权限后再试',
      en: 'choose another place, or make room or change permissions',
    },
  }),
  'no-conversations': (data) => ({
    what: { zh: '没有读到任何会话', en: 'no conversation was read' },
    why:
      data.one('filtered') === 'yes'
        ? {
            zh: `读到 ${data.one('messages')} 条消息，都不在 --since、--until 的范围内`,
            en: `${data.one('messages')} messages were read, none within --since and --until`,
          }
        : {
            zh: `${data.one('records')} 条记录中读懂 ${data.one('messages')} 条消息`,
            en: `${data.one('messages')} messages were understood in ${data.one('records')} records`,
          },
    todo:
      data.one('filtered') === 'yes'
        ? { zh: '放宽时间范围，并确认 --timezone', en: 'widen the period, and check --timezone' }
        : {
            zh: '用 kefu-audit detect 看看文件是怎样读的',
            en: 'see with kefu-audit detect how the files are read',
          },
  }),
  'no-roles': (data) => ({
    what: { zh: '看不出谁是客服', en: 'nobody could be told to be an agent' },
    why: {
      zh: `${data.one('unknown')} 条消息的发送人身份不明`,
      en: `the sender of ${data.one('unknown')} messages is unknown`,
    },
    todo: {
      zh: '用 --agent "名字*" 指明客服，必要时再加 --customer、--bot；kefu-audit detect 列出不明的名字',
      en: 'name the agents with --agent "name*", and --customer or --bot where needed; kefu-audit detect lists the names',
    },
  }),
  'too-many-skips': (data) => ({
    what: {
      zh: `${data.one('records')} 条记录中有 ${data.one('skipped')} 条读不懂`,
      en: `${data.one('skipped')} of ${data.one('records')} records were not understood`,
    },
    why: {
      zh: `超过了 --max-skipped ${data.one('limit')}：${reasons(data, 'zh')}`,
      en: `that is above --max-skipped ${data.one('limit')}: ${reasons(data, 'en')}`,
    },
    todo: {
      zh: 'table 报告列出头几处，-f jsonl 列出每一处；确认格式和列，或放宽 --max-skipped',
      en: 'table tells the first places, -f jsonl every one; check the format and the columns, or allow more with --max-skipped',
    },
  }),
  lexicon: (data) => lexiconText(data),
  labels: (data) => ({
    what: { zh: '标注文件有误', en: 'a label file is not right' },
    why: labelProblemLines(data.list('problems')),
    todo: {
      zh: '改正后再试；docs/eval.md 说明了标注文件怎么写',
      en: 'mend it and try again; docs/eval.md tells how labels are written',
    },
  }),
  'no-segmenter': (data) => ({
    what: { zh: '没有可用的分词器', en: 'no word segmenter can be loaded' },
    why: both(data.all('reasons') || data.one('choice')),
    todo: {
      zh: '重新运行 npm install，或用 --segmenter auto',
      en: 'run npm install again, or use --segmenter auto',
    },
  }),
  internal: (data, _, error) => ({
    what: { zh: '程序内部出错，报告不可信', en: 'something went wrong inside; no report can be trusted' },
    why: both([data.dump(), short(causeOf(error))].filter(Boolean).join(': ')),
    todo: {
      zh: '加上 --debug 重试，把输出附在问题反馈中',
      en: 'run it again with --debug and send the output with a bug report',
    },
  }),
};

function lexiconText(data: Data): Parts {
  const problems = data.list('problems');
  const told = (locale: Locale) =>
    problemLines(problems.map((one) => lexiconProblemText(one, locale)))[locale];
  return {
    what: { zh: '词库有误', en: 'a lexicon is not right' },
    why: { zh: told('zh'), en: told('en') },
    todo: {
      zh: '改正后再试；kefu-audit lexicon check 文件 列出全部问题',
      en: 'correct it; kefu-audit lexicon check FILE tells every problem',
    },
  };
}

function unknownFormatText(data: Data, file: string): Parts {
  if (data.has('isReport')) {
    return {
      what: {
        zh: `${file} 是 kefu-audit 的报告，不是聊天导出`,
        en: `${file} is a report of kefu-audit, no chat export`,
      },
      todo: { zh: '审查导出文件本身', en: 'audit the exports themselves' },
    };
  }
  return {
    what:
      file === ''
        ? {
            zh: `没有 ${data.one('value')} 这种输入格式`,
            en: `there is no input format ${data.one('value')}`,
          }
        : { zh: `认不出 ${file} 的格式`, en: `the format of ${file} was not recognised` },
    why: data.has('firstLine')
      ? { zh: `第一行是：${data.one('firstLine')}`, en: `its first line is: ${data.one('firstLine')}` }
      : data.has('known')
        ? { zh: `可用的有 ${data.all('known')}`, en: `known are ${data.all('known')}` }
        : null,
    todo: data.has('suggestions')
      ? { zh: `是不是 ${data.all('suggestions')}？`, en: `did you mean ${data.all('suggestions')}?` }
      : {
          zh: '用 --input-format 指定格式，表格可用 --columns 说明各列；kefu-audit detect 会说明理由',
          en: 'name the format with --input-format, or the columns of a table with --columns; kefu-audit detect tells why',
        },
  };
}

/** A column that was named and is not there, or a table without a column of text. */
function unknownColumnsText(data: Data, file: string): Parts {
  const headers = data.few('headers');
  const why = { zh: `表头是 ${headers}`, en: `the headers are ${headers}` };
  const [unknown = 'text'] = data.list('unknown');
  if (data.has('tables')) {
    return {
      what: {
        zh: `读到的表格都没有 --columns 所说的列：${data.all('unknown')}`,
        en: `no table that was read has what --columns names: ${data.all('unknown')}`,
      },
      why: { zh: `第一个表格的${why.zh}`, en: `of the first table, ${why.en}` },
      todo: data.has('nearest')
        ? { zh: `是不是 ${data.one('nearest')}？`, en: `did you mean ${data.one('nearest')}?` }
        : { zh: '改正 --columns 里的列名', en: 'correct the names in --columns' },
    };
  }
  if (unknown !== 'text') {
    return {
      what: { zh: `${file} 里没有“${unknown}”这一列`, en: `${file} has no column “${unknown}”` },
      why,
      todo: data.has('nearest')
        ? { zh: `是不是 ${data.one('nearest')}？`, en: `did you mean ${data.one('nearest')}?` }
        : {
            zh: '改正 --columns；它对这次读的所有表格有效，列名不同的表格请分开审查',
            en: 'correct --columns; it holds for every table of the run, so audit tables with other headers by themselves',
          },
    };
  }
  return {
    what: {
      zh: `${file} 里看不出哪一列是说的话`,
      en: `no column of ${file} is known to hold what was said`,
    },
    why,
    todo: {
      zh: `用 --columns 说明各列，例如 --columns time=时间,role=角色,text=内容\n    可用的字段：${joined(COLUMN_FIELDS, 'zh')}`,
      en: `say it with --columns, such as --columns time=时间,role=角色,text=内容\n    fields: ${joined(COLUMN_FIELDS, 'en')}`,
    },
  };
}

function usageText(data: Data): Parts {
  const meant: Part = data.has('suggestions')
    ? { zh: `是不是 ${data.all('suggestions')}？`, en: `did you mean ${data.all('suggestions')}?` }
    : { zh: '用 --help 查看用法', en: 'see --help' };
  const option = data.one('option');
  const value = data.one('value');
  switch (data.one('problem')) {
    case 'unknown-option':
      return { what: { zh: `没有 ${option} 这个选项`, en: `unknown option ${option}` }, todo: meant };
    case 'option-not-for-command':
      return {
        what: { zh: `这个命令没有 ${option} 选项`, en: `this command has no option ${option}` },
        why: { zh: `它属于 ${data.all('suggestions')}`, en: `it belongs to ${data.all('suggestions')}` },
        todo: {
          zh: '去掉它；如果要审查的文件恰与命令同名，写成 ./名字',
          en: 'leave it out; if a file of the name of a command is meant, write ./name',
        },
      };
    case 'unknown-command':
      return { what: { zh: `没有 ${value} 这个命令`, en: `unknown command ${value}` }, todo: meant };
    case 'missing-value':
      return { what: { zh: `${option} 后面缺少值`, en: `${option} needs a value` }, todo: meant };
    case 'missing-argument':
      return { what: { zh: `缺少参数 <${value}>`, en: `missing argument <${value}>` }, todo: meant };
    case 'too-many-arguments':
      return { what: { zh: '参数太多', en: 'too many arguments' }, todo: meant };
    case 'no-paths':
      return {
        what: { zh: '没有说要读什么', en: 'nothing to read was named' },
        todo: {
          zh: '写出文件或文件夹，例如 kefu-audit exports/；要读标准输入请写 -；用法见 --help',
          en: 'name files or folders, such as kefu-audit exports/; write - for standard input; see --help',
        },
      };
    case 'customer-metric':
      return {
        what: {
          zh: `${value} 不是从单个会话数出来的`,
          en: `${value} is not counted in single chats`,
        },
        why: {
          zh: '它看的是每位顾客前后多次的记录',
          en: 'it looks at the record of each customer over all chats',
        },
        todo: {
          zh: '用 kefu-audit customers 看每位顾客、每项承诺；定义见 docs/customers.md',
          en: 'kefu-audit customers lists every customer and promise; docs/customers.md defines it',
        },
      };
    case 'bad-value':
      if (option === 'METRIC') {
        return {
          what: { zh: `没有 ${value} 这项指标`, en: `there is no figure ${value}` },
          why: expected(data),
          todo: data.has('suggestions') ? meant : null,
        };
      }
      return {
        what: {
          zh: `${option} 的值不对：${value || '（空）'}`,
          en: `${option} cannot be ${value || '(nothing)'}`,
        },
        why: expected(data),
        todo: data.has('suggestions') ? meant : null,
      };
    case 'bad-time':
      return {
        what: {
          zh: `${data.one('flag')} 的时间看不懂：${value}`,
          en: `${data.one('flag')} is no time: ${value}`,
        },
        todo: { zh: '写成 2026-03-01 或 "2026-03-01 09:30"', en: 'write 2026-03-01 or "2026-03-01 09:30"' },
      };
    case 'empty-period':
      return {
        what: {
          zh: `时间范围是空的：${data.one('since')} 到 ${data.one('until')}`,
          en: `the period is empty: ${data.one('since')} to ${data.one('until')}`,
        },
        todo: { zh: '--since 要早于 --until', en: '--since must be before --until' },
      };
    case 'same-output':
      return {
        what: {
          zh: `几个格式要写到同一处：${data.all('formats')} → ${value}`,
          en: `several formats go to one place: ${data.all('formats')} → ${value}`,
        },
        todo: {
          zh: '各写一个路径，例如 -f table -f json=report.json',
          en: 'give each a path, such as -f table -f json=report.json',
        },
      };
    case 'output-is-input':
      return {
        what: {
          zh: `${value} 是要审查的文件，报告不能写到它上面`,
          en: `${value} is to be read, so no report can be written to it`,
        },
        why: { zh: '写报告会毁掉聊天记录', en: 'that would destroy the chats' },
        todo: { zh: '给报告换一个路径', en: 'give the report another path' },
      };
    case 'unused-output':
      return {
        what: { zh: `没有格式会写到 ${value}`, en: `no format goes to ${value}` },
        why: { zh: '每个 --format 都写明了自己的路径', en: 'every --format has a path of its own' },
        todo: {
          zh: '去掉 --output-file，或加一个不带路径的 --format',
          en: 'leave out --output-file, or add a --format without a path',
        },
      };
    case 'file-exists':
      return {
        what: { zh: `${value} 已经存在`, en: `${value} exists already` },
        todo: { zh: '换一个名字，或先移走它', en: 'choose another name, or move it away' },
      };
    case 'unknown-agent':
      return {
        what: { zh: `没有客服符合 ${value}`, en: `no agent matches ${value}` },
        why: { zh: `有的是 ${data.few('known')}`, en: `there are ${data.few('known')}` },
        todo: {
          zh: '名字要写全，或用 * 代表任意字，例如 "*小满"',
          en: 'write the whole name, or * for any run of characters, such as "*小满"',
        },
      };
    case 'unknown-rule':
    case 'unknown-profile-id':
      return {
        what: { zh: `没有 ${value} 这一条`, en: `there is no ${value}` },
        todo: data.has('suggestions')
          ? meant
          : { zh: '不带编号可列出全部', en: 'without an id all are listed' },
      };
    default:
      return { what: both(value || data.dump()), todo: meant };
  }
}

function expected(data: Data): Part {
  switch (data.one('expected')) {
    case 'one-of':
      return { zh: `可选 ${data.all('choices')}`, en: `it is one of ${data.all('choices')}` };
    case 'count':
      return { zh: '应为不小于 0 的整数', en: 'it is a whole number, 0 or more' };
    case 'score':
      return { zh: '应为 0 到 100 之间的数', en: 'it is a number from 0 to 100' };
    case 'ratio':
      return {
        zh: '应为 0 到 1 之间的数，或百分数如 5%',
        en: 'it is a number from 0 to 1, or a percentage such as 5%',
      };
    case 'field=header':
      return { zh: '应写成 字段=表头，例如 time=发送时间', en: 'it is field=header, such as time=发送时间' };
    case 'id:severity':
      return {
        zh: '应写成 编号:级别，例如 abuse/insult:warning',
        en: 'it is id:severity, such as abuse/insult:warning',
      };
    case 'path':
      return { zh: '= 后面缺少路径', en: 'a path is missing after =' };
    case 'something':
      return { zh: '不能为空', en: 'it must not be empty' };
    default:
      return null;
  }
}

/** Options that a run cannot have, wherever they were given. */
function configText(data: Data, error: KefuError): Parts {
  const value = data.one('value') || data.one('rule') || data.one('name');
  const meant: Part = data.has('suggestions')
    ? { zh: `是不是 ${data.all('suggestions')}？`, en: `did you mean ${data.all('suggestions')}?` }
    : data.has('known')
      ? { zh: `可用的有 ${data.all('known')}`, en: `known are ${data.all('known')}` }
      : null;
  switch (data.one('problem')) {
    case 'unknown-rule':
      return {
        what: { zh: `没有 ${value} 这条规则`, en: `there is no rule ${value}` },
        todo: meant ?? { zh: '用 kefu-audit rules 列出全部', en: 'list them with kefu-audit rules' },
      };
    case 'unknown-rule-option':
      return {
        what: {
          zh: `规则 ${data.one('rule')} 没有 ${data.one('name')} 这一项`,
          en: `rule ${data.one('rule')} has no option ${data.one('name')}`,
        },
        todo: meant ?? {
          zh: `用 kefu-audit rules ${data.one('rule')} 查看`,
          en: `see kefu-audit rules ${data.one('rule')}`,
        },
      };
    case 'bad-rule-option':
      return {
        what: {
          zh: `规则 ${data.one('rule')} 的 ${data.one('name')} 不能是 ${data.one('value')}`,
          en: `${data.one('name')} of rule ${data.one('rule')} cannot be ${data.one('value')}`,
        },
        why: { zh: `应为 ${data.one('expected')}`, en: `it is a ${data.one('expected')}` },
      };
    case 'unknown-preset':
      return {
        what: { zh: `没有 ${value} 这套规则`, en: `there is no preset ${value}` },
        todo: meant,
      };
    case 'unknown-profile':
      return {
        what: { zh: `没有 ${value} 这个平台口径`, en: `there is no profile ${value}` },
        todo: meant ?? { zh: '用 kefu-audit profiles 列出全部', en: 'list them with kefu-audit profiles' },
      };
    case 'unknown-timezone':
      return {
        what: { zh: `没有 ${value} 这个时区`, en: `there is no time zone ${value}` },
        todo: { zh: '用 IANA 名称，例如 Asia/Shanghai', en: 'use an IANA name, such as Asia/Shanghai' },
      };
    case 'bad-profile':
      return {
        what: { zh: '平台口径文件有误', en: 'the profile is not right' },
        why: schemaProblemLines(data.list('problems')),
        todo: {
          zh: '以 kefu-audit profiles generic -f json 的输出为样板改正',
          en: 'correct it; kefu-audit profiles generic -f json shows one that is right',
        },
      };
    case 'bad-json':
      return {
        what: { zh: '平台口径文件不是有效的 JSON', en: 'the profile is no valid JSON' },
        why: both(value),
        todo: {
          zh: '以 kefu-audit profiles generic -f json 的输出为样板改正',
          en: 'correct it; kefu-audit profiles generic -f json shows one that is right',
        },
      };
    case 'unreadable-profile':
      return {
        what: { zh: '读不了平台口径文件', en: 'the profile cannot be read' },
        why: systemReason(codeOf(error)),
        todo: { zh: '检查 --profile 的路径', en: 'check the path of --profile' },
      };
    case 'bad-calendar':
      return {
        what: { zh: '工作时间表有误', en: 'the calendar is not right' },
        why: schemaProblemLines(data.list('problems')),
        todo: {
          zh: '写法见 docs/metrics.md 和 schema/calendar.schema.json',
          en: 'see docs/metrics.md and schema/calendar.schema.json',
        },
      };
    case 'unreadable-calendar':
      return {
        what: { zh: '读不了工作时间表', en: 'the calendar cannot be read' },
        why: systemReason(codeOf(error)),
        todo: { zh: '检查 --calendar 的路径', en: 'check the path of --calendar' },
      };
    case 'unreadable-page':
      return {
        what: { zh: '读不了商品页面文件', en: 'the product page cannot be read' },
        why: systemReason(codeOf(error)),
        todo: { zh: '检查 --page 的路径', en: 'check the path of --page' },
      };
    case 'bad-baseline':
      return {
        what: { zh: '基线文件有误', en: 'the baseline is not right' },
        why: both(data.one('reason')),
        todo: {
          zh: '用 kefu-audit baseline write 重新生成',
          en: 'write it again with kefu-audit baseline write',
        },
      };
    case 'unreadable-baseline':
      return {
        what: { zh: '读不了基线文件', en: 'the baseline cannot be read' },
        why: systemReason(data.one('reason')),
        todo: { zh: '检查 --baseline 的路径', en: 'check the path of --baseline' },
      };
    default:
      return { what: { zh: '选项有误', en: 'an option is not right' }, why: both(data.dump()), todo: meant };
  }
}

/** The problems of the config, one a line. */
function configFileText(error: ConfigError, locale: Locale): Parts {
  const { problems } = error;
  const lines = problems.map(
    (one) => `${visible(one.file)}${one.line === null ? '' : `:${one.line}`}  ${problemText(one, locale)}`,
  );
  return {
    what: { zh: '配置文件有误', en: 'the config is not right' },
    why: problemLines(lines, TOLD_OF_CONFIG),
    todo: {
      zh: '改正后再试；kefu-audit config schema 列出所有设置',
      en: 'correct it; kefu-audit config schema lists every setting',
    },
  };
}

function problemText({ code, key, detail, suggestions }: ConfigProblem, locale: Locale): string {
  const name = short(key);
  const zh = locale === 'zh';
  switch (code) {
    case 'unknown-key': {
      const meant = suggestions.map((one) => short(one)).join(zh ? '、' : ', ');
      if (zh) return `没有 ${name} 这项设置${meant ? `，是不是 ${meant}？` : ''}`;
      return `there is no setting ${name}${meant ? `; did you mean ${meant}?` : ''}`;
    }
    case 'bad-value':
      return zh
        ? `${name || '整个文件'}：${schemaText(detail, 'zh')}`
        : `${name || 'the whole file'}: ${schemaText(detail, 'en')}`;
    case 'cycle':
      return zh ? `extends 绕了一圈：${short(detail)}` : `extends goes round in a circle: ${short(detail)}`;
    case 'unreadable':
      return zh ? `读不了：${systemReason(detail).zh}` : `cannot be read: ${systemReason(detail).en}`;
    case 'syntax':
      return zh ? `语法有误：${short(detail)}` : `syntax: ${short(detail)}`;
  }
}

/** `ragged-row:12` as words. */
function reasons(data: Data, locale: Locale): string {
  return data
    .list('reasons')
    .map((one) => {
      const [reason = '', count = ''] = one.split(':');
      const words = Object.hasOwn(SKIP_TERMS, reason) ? SKIP_TERMS[reason as SkipReason][locale] : reason;
      return `${words} ${count}`;
    })
    .join(locale === 'zh' ? '、' : ', ');
}

/** How many problems of a list are told at once. */
const TOLD = 5;
/** A config file is mended by hand, so it is worth telling more of them. */
const TOLD_OF_CONFIG = 20;

/** Problems a line each, the first few of many. */
function problemLines(problems: readonly string[], most = TOLD): Bilingual {
  const lines = problems
    .slice(0, most)
    .map((one) => `\n    ${one}`)
    .join('');
  const more = problems.length - most;
  return {
    zh: `${problems.length} 处${lines}${more > 0 ? `\n    另有 ${more} 处` : ''}`,
    en: `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}${lines}${more > 0 ? `\n    ${more} more` : ''}`,
  };
}

function schemaProblemLines(problems: readonly string[]): Bilingual {
  const told = (locale: Locale) =>
    problemLines(problems.map((one) => schemaProblemText(one, locale)))[locale];
  return { zh: told('zh'), en: told('en') };
}

/** `labels.jsonl:3 bad-verdict 三` in words. */
function labelProblemLines(problems: readonly string[]): Bilingual {
  const told = (locale: Locale) =>
    problemLines(
      problems.map((one) => {
        const [, place = one, code = '', value = ''] = /^(.*:\d+) ([a-z-]+) ?(.*)$/s.exec(one) ?? [];
        const words = LABEL_PROBLEMS[code as LabelProblemCode]?.[locale] ?? code;
        return `${place} ${words}${value === '' ? '' : `${locale === 'zh' ? '：' : ': '}${value}`}`;
      }),
    )[locale];
  return { zh: told('zh'), en: told('en') };
}

const LABEL_PROBLEMS: Record<LabelProblemCode, Bilingual> = {
  'bad-line': { zh: '不是一行标注', en: 'no labelled turn' },
  'bad-target': { zh: 'target 不是其中一条消息', en: 'target is none of the messages' },
  'bad-time': { zh: '时间看不懂', en: 'a time that is none' },
  'bad-verdict': { zh: '标注只能是 0、1、2 或 是、否', en: 'a label must be 0, 1, 2, yes or no' },
  'no-labels': { zh: '没有标注', en: 'nothing is labelled' },
  'no-text': { zh: '消息缺少 text，或 role 不对', en: 'a message without text, or with a wrong role' },
  'unknown-rule': { zh: '没有这条规则', en: 'there is no such rule' },
  'unknown-scope': { zh: '不是类别，也不是规则', en: 'neither a category nor a rule' },
};

function both(text: string): Bilingual {
  return { zh: text, en: text };
}

/** The code of the system's error behind one of ours. */
function codeOf(error: KefuError): string {
  return String((error.cause as NodeJS.ErrnoException | undefined)?.code ?? short(causeOf(error)));
}

function causeOf(error: KefuError): string {
  return error.cause instanceof Error ? error.cause.message : '';
}
