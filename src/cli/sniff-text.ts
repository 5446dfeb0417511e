import type { Locale } from './options.js';

/** Why a reader thinks that an input is its own, as readers say it, and in Chinese. `$1` is what varies. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^headers name: date time (\d+)$/, '“名字: 日期 时间”样的消息头 $1 处'],
  [/^headers sender-time (\d+)$/, '“发送者 时间”样的消息头 $1 处'],
  [/^headers name-time (\d+)$/, '“名字 时间”样的消息头 $1 处'],
  [/^headers date-time-sender (\d+)$/, '“日期 时间 发送者”样的消息头 $1 处'],
  [/^headers date-time-who: (\d+)$/, '“日期 时间 某某”样的消息头 $1 处'],
  [/^headers shop:who-time (\d+)$/, '“店铺:子账号 时间”样的消息头 $1 处'],
  [/^headers of masked names or robots (\d+)$/, '名字打了星号或是机器人的消息头 $1 处'],
  [/^headers --> (\d+)$/, '带 --> 的消息头 $1 处'],
  [/^headers who\(time\): (\d+)$/, '“某某(时间):”样的消息头 $1 处'],
  [/^dash lines (\d+), headers who\(time\): (\d+)$/, '顾客分隔线 $1 处，“某某(时间):”样的消息头 $2 处'],
  [/^time-text-sender (\d+)$/, '“时间、内容、发送者”三行一组 $1 处'],
  [/^name and time lines (\d+)$/, '名字和时间各占一行 $1 处'],
  [/^消息对象, headers (\d+)$/, '有“消息对象”，消息头 $1 处'],
  [/^时间:\/内容: (\d+)$/, '“时间:”“内容:”样的行 $1 处'],
  [/^section 即时消息, (.*)$/, '有“即时消息”一节，$1'],
  [/^banner (.*)$/, '开头有“$1”字样'],
  [/^mark (.*)$/, '有“$1”的标记'],
  [/^header (.*)$/, '文件头是 $1'],
  [/^layout (\S+), columns (.*)$/, '$1 的表格，列名 $2'],
  [/^columns (.*)$/, '列名 $1'],
  [/^seven columns (.*)$/, '七列，依次为 $1'],
  [/^<table>, (\d+) columns known$/, '网页表格，认得 $1 列'],
  [/^table, extension$/, '网页表格，扩展名'],
  [/^zip, extension$/, '压缩包，扩展名'],
  [/^zip with xl\/$/, '压缩包里有 xl/'],
  [/^extension$/, '扩展名'],
  [/^rows with float:left and 日期:$/, '表格各行有 float:left 和“日期:”'],
  [/^fields (.*)$/, '字段 $1'],
  [/^encrypt_chat_msg$/, '有字段 encrypt_chat_msg'],
  [
    /^(_type \S+|chatlab\.version|metadata\.name \S+|[a-z]+(?:\.[a-z]+)?(?:, [a-z]+(?:\.[a-z]+)?)+)$/,
    '字段 $1',
  ],
  [/^(\S+) ([\w.]+(?:,[\w.]+)*)$/, '$1 的字段 $2'],
];

/** Why a reader takes an input for its own, in the language of the user. What is not known is shown as it is. */
export function sniffText(why: string, locale: Locale): string {
  if (locale !== 'zh') return why;
  for (const [pattern, text] of REASONS) {
    const match = pattern.exec(why);
    if (match === null) continue;
    return text.replace(/\$(\d)/g, (_, group: string) => {
      const part = match[Number(group)] ?? '';
      return part.length < why.length ? sniffText(part, locale) : part;
    });
  }
  return why;
}
