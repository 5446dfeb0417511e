import type { Bilingual } from '../../model/catalogue.js';

/** What the formats for people say; `fill` (phrase.ts) explains the braces. */
export const PHRASES = {
  columnAgent: { zh: '客服', en: 'Agent' },
  columnShop: { zh: '店铺', en: 'Shop' },
  columnConversations: { zh: '会话', en: 'Conv.' },
  columnTurns: { zh: '轮次', en: 'Turns' },
  columnFirstResponse: { zh: '首次\n响应', en: 'First\nreply' },
  columnResponse: { zh: '平均\n响应', en: 'Mean\nreply' },
  columnAbuse: { zh: '辱骂', en: 'Abuse' },
  columnDismissive: { zh: '敷衍', en: 'Dismis-\nsive' },
  columnSlow: { zh: '超时', en: 'Slow' },
  columnUnanswered: { zh: '未回', en: 'Unan-\nswered' },
  columnScore: { zh: '评分', en: 'Score' },
  columnRank: { zh: '名次', en: 'Rank' },
  columnInterval: { zh: '95%区间', en: '95 % interval' },

  totals: {
    zh: '{conversations} 个会话，{agents} 位客服，{turns} 轮客服回复',
    en: '{conversations} {conversations|conversation|conversations}, {agents} {agents|agent|agents}, {turns} agent {turns|turn|turns}',
  },
  period: { zh: '{from} 至 {to}（{zone}）', en: '{from} to {to} ({zone})' },
  noTimes: { zh: '记录中没有时间', en: 'no times in the input' },
  noAgents: { zh: '没有客服的发言可评', en: 'No agent said anything that could be judged' },
  legendSymbols: {
    zh: '✖ 有辱骂  ⚠ 有其他问题  ✓ 没有问题（提示不算）',
    en: '✖ abuse  ⚠ other problems  ✓ none (hints do not count)',
  },
  legendFigures: {
    zh: '比率是有问题的轮次占比；评分 0–100，越高越好，轮次越少越不准',
    en: 'Rates are shares of turns; scores are 0–100, higher is better, and say little where turns are few',
  },
  legendIntervals: { zh: '，区间是误差范围', en: ' (see the interval)' },
  legendUnanswered: {
    zh: '未回：会话结束时还在等的顾客，占全部等待的比例；判为“未回复”的才扣分',
    en: 'Unanswered: customers left waiting at the end, as a share of all waits; only those found unanswered cost points',
  },
  legendCharged: {
    zh: '首次、平均响应按平台口径，多算顾客等的全部时间；判超时、扣分只算客服负责的部分，机器人接待、排队、转接前和下班的时间除外（kefu-audit explain first-response-time 逐次列出）',
    en: 'First and mean reply are counted as the platform counts, mostly all that customers waited; slowness is judged by what the agent is answerable for, without robot, queue, time before a hand-over and closed hours (kefu-audit explain first-response-time lists each)',
  },
  missing: { zh: '– {reason}（{figures}）', en: '– {reason} ({figures})' },

  bestTitle: { zh: '值得学习的回复（不影响评分）', en: 'Answers to learn from (never part of the score)' },
  best: { zh: '{agent}：{kinds}', en: '{agent}: {kinds}' },
  comparisonTitle: { zh: '与其他客服相比', en: 'Compared with the others' },
  comparisonHigher: {
    zh: '{agent}：{size} 个会话中 {hits} 个有{kind}（{share}，全体 {team}），多得不像偶然（q={q}）',
    en: '{agent}: {kind} in {hits} of {size} conversations ({share}; all: {team}), more than chance makes (q = {q})',
  },
  comparisonLower: {
    zh: '{agent}：{size} 个会话中 {hits} 个有{kind}（{share}，全体 {team}），少得不像偶然（q={q}）',
    en: '{agent}: {kind} in {hits} of {size} conversations ({share}; all: {team}), fewer than chance makes (q = {q})',
  },
  comparisonNone: {
    zh: '没有哪位客服与其他人的差别大到不像偶然',
    en: 'nobody differs from the others by more than chance makes',
  },
  mixLate: {
    zh: '；深夜会话占 {own}（全体 {all}）',
    en: '; conversations late at night: {own} (all: {all})',
  },
  mixLater: {
    zh: '；再次来访的占 {own}（全体 {all}）',
    en: '; customers who had been there before: {own} (all: {all})',
  },

  exposureTitle: {
    zh: '客服遭受的辱骂和与业务无关的会话（不影响评分）',
    en: 'Abuse endured, and chats without business (never part of the score)',
  },
  exposure: {
    zh: '{agent}：{conversations} 个会话里被骂 {turns} 轮',
    en: '{agent}: abused in {turns} {turns|turn|turns} of {conversations} {conversations|conversation|conversations}',
  },
  exposureLasting: { zh: '，历时 {duration}', en: ', lasting {duration}' },
  exposureUnbroken: { zh: '，中间没有间断', en: ' without a break' },
  exposureLongest: {
    zh: '，最长一段 {duration}没有间断',
    en: ', the longest stretch without a break {duration}',
  },
  exposureUntimed: {
    zh: '，记录没有时间，历时不详',
    en: ', for how long is unknown: the record has no times',
  },
  exposureWorst: { zh: '，如“{quote}”', en: ', such as “{quote}”' },
  exposureIdle: {
    zh: '{agent}：{conversations} 个会话只是闲聊，没有业务',
    en: '{agent}: {conversations} {conversations|conversation|conversations} of small talk without any business',
  },
  exposureMore: { zh: '另有 {count} 位', en: '{count} more' },
  exposureRelief: {
    zh: '建议：给{agents}安排休息，这样的会话由主管接手',
    en: 'Suggestion: give {agents} a break, and let a supervisor take over such chats',
  },

  findingsTitle: { zh: '最严重的发现', en: 'Worst findings' },
  findingsShown: {
    zh: '（共 {total} 条，列出 {count} 处；--max-shown 可多列）',
    en: ' ({total} in all, {count} {count|place|places} shown; --max-shown lists more)',
  },
  noFindings: { zh: '没有发现', en: 'Nothing found' },
  accepted: {
    zh: '另有 {count} 条已确认的发现（基线）不再列出，也不计入评分和比率',
    en: '{count} accepted {count|finding|findings} (baseline) left out, of scores and rates as well',
  },
  noTime: { zh: '无时间', en: 'no time' },

  coverageTitle: { zh: '读取情况', en: 'What was read' },
  coverage: {
    zh: '{files} 个文件，{lines} 行；{records} 条记录中读懂 {messages} 条（{share}）',
    en: '{files} {files|file|files}, {lines} {lines|line|lines}; {messages} of {records} {records|record|records} understood ({share})',
  },
  skipped: { zh: '跳过 {count} 条：{reasons}', en: '{count} skipped: {reasons}' },
  skippedAt: { zh: '跳过的在：{places}', en: 'Skipped at: {places}' },
  nothingSkipped: { zh: '没有跳过', en: 'none skipped' },
  duplicates: { zh: '重复导出去掉 {count} 条', en: '{count} {count|duplicate|duplicates} dropped' },
  untimed: { zh: '{count} 条没有时间', en: '{count} without a time' },
  brokenBytes: { zh: '{count} 处坏字节', en: '{count} broken byte {count|sequence|sequences}' },
  roles: { zh: '身份：{roles}', en: 'Roles: {roles}' },
  kinds: { zh: '非文字：{kinds}', en: 'Not text: {kinds}' },
  rolesUnknown: {
    zh: '有 {count} 条消息看不出是谁说的{where}，未参与评判；kefu-audit detect 列出名字，用 --agent、--customer、--bot 指明',
    en: '{count} {count|message has|messages have} no known sender{where} and {count|was|were} not judged; kefu-audit detect lists the names, --agent, --customer and --bot tell who they are',
  },
  method: {
    zh: '口径 {profiles} · 规则集 {preset} · 词库 {entries} 条 · 分词 {segmenter}',
    en: 'Profile {profiles} · preset {preset} · lexicon {entries} {entries|entry|entries} · segmenter {segmenter}',
  },
  filters: { zh: '筛选：{filters}', en: 'Filters: {filters}' },
  noticesTitle: { zh: '注意', en: 'Please note' },

  summaryAudited: { zh: '审查：{totals}', en: 'Audited: {totals}' },
  summaryFindings: { zh: '发现：{counts}', en: 'Findings: {counts}' },
  summaryAccepted: {
    zh: '{findings}；{accepted}',
    en: '{findings}; {accepted}',
  },
  summaryLowest: { zh: '最低分：{agents}', en: 'Lowest scores: {agents}' },
  summaryWorst: { zh: '最严重：{worst}', en: 'Worst: {worst}' },
  summaryCustomers: { zh: '顾客：{customers}', en: 'Customers: {customers}' },
  summaryRead: { zh: '读取：{coverage}', en: 'Read: {coverage}' },
  scoreOf: { zh: '{agent} {score}（{turns} 轮）', en: '{agent} {score} ({turns} {turns|turn|turns})' },
  none: { zh: '无', en: 'none' },
} as const satisfies Record<string, Bilingual>;
