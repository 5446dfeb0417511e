import type { Role, Severity } from '../../src/model/index.js';

/** A finding that must be there: the rule, who, and words that its evidence must contain (none for an absence). */
export interface ExpectedFinding {
  /** Any of these; neighbouring rules may share a borderline case. */
  rule: string | string[];
  agent: string;
  /** Words inside the quoted evidence, or, without evidence, inside the turn. */
  quote: string;
  /** The mildest severity that will do. Default `warning`. */
  atLeast?: Severity;
  provoked?: boolean;
}

/** What one story of fixtures/demo must show; fixtures/README.md tells it in words. */
export interface Story {
  title: string;
  paths: string[];
  /** Counted by hand. `messages` as read, with `duplicates` among them. */
  messages: number;
  duplicates: number;
  roles: Partial<Record<Role, number>>;
  brokenBytes: number;
  conversations: number;
  /** Agents by name, sorted. */
  agents: string[];
  finds: ExpectedFinding[];
  /** Agents without any finding of `abuse/*` or `dismissive/*`. */
  clean: string[];
  /** The only quotes, by agent, that `abuse/*` may report. */
  onlyAbuse: Record<string, string[]>;
  /** Waits in seconds, each counted by hand, of the agent they are charged to. */
  waits: { agent: string; seconds: number }[];
  /** Abuse endured: at least this many customer turns; never part of a score. */
  exposure: { agent: string; turns: number; minutes: number }[];
  /** Agents with chats that were no business at all. */
  company?: string[];
}

const TAUNTS = '苔枝家居旗舰店';
const RETALIATION = '橘猫不困旗舰店';
const JD = '鹿台家电旗舰店';

export const STORIES: Story[] = [
  {
    title: 'taunts',
    paths: ['fixtures/demo/01-tmall-taunts.txt'],
    messages: 95,
    duplicates: 0,
    roles: { agent: 42, customer: 46, bot: 7 },
    brokenBytes: 3,
    conversations: 9,
    agents: [`${TAUNTS}:小柚`, `${TAUNTS}:阿禾`],
    finds: [
      { rule: 'abuse/mockery', agent: `${TAUNTS}:小柚`, quote: '冥币' },
      { rule: 'abuse/provocation', agent: `${TAUNTS}:小柚`, quote: '有本事去投诉' },
      { rule: 'abuse/provocation', agent: `${TAUNTS}:小柚`, quote: '店大欺客怎么着' },
      { rule: 'abuse/mockery', agent: `${TAUNTS}:小柚`, quote: '[鼓掌]' },
    ],
    clean: [`${TAUNTS}:阿禾`],
    onlyAbuse: { [`${TAUNTS}:小柚`]: ['冥币', '投诉', '店大欺客', '[鼓掌]', '/:^O^', '[微笑]', '看谁理你'] },
    waits: [
      { agent: `${TAUNTS}:小柚`, seconds: 102 },
      { agent: `${TAUNTS}:阿禾`, seconds: 37 },
      { agent: `${TAUNTS}:小柚`, seconds: 291 },
    ],
    exposure: [],
  },
  {
    title: 'retaliation',
    paths: ['fixtures/demo/02-tmall-retaliation'],
    messages: 65,
    duplicates: 0,
    roles: { agent: 31, customer: 33, system: 1 },
    brokenBytes: 0,
    conversations: 8,
    agents: [`${RETALIATION}:大麦`, `${RETALIATION}:阿苇`],
    finds: [
      { rule: 'abuse/profanity', agent: `${RETALIATION}:大麦`, quote: '傻逼', provoked: true },
      { rule: 'abuse/contempt', agent: `${RETALIATION}:大麦`, quote: '装什么大爷', provoked: true },
      { rule: 'abuse/insult', agent: `${RETALIATION}:大麦`, quote: '神经病', provoked: true },
    ],
    clean: [`${RETALIATION}:阿苇`],
    onlyAbuse: { [`${RETALIATION}:大麦`]: ['傻逼', '滚', '大爷', '神经病', '你才傻', '你全家都傻'] },
    waits: [
      { agent: `${RETALIATION}:大麦`, seconds: 54 },
      { agent: `${RETALIATION}:阿苇`, seconds: 24 },
    ],
    exposure: [
      { agent: `${RETALIATION}:大麦`, turns: 2, minutes: 0 },
      { agent: `${RETALIATION}:阿苇`, turns: 4, minutes: 6 },
    ],
  },
  {
    title: 'group buying',
    paths: ['fixtures/demo/03-qq-group-buying.txt'],
    messages: 67,
    duplicates: 11,
    roles: { agent: 30, customer: 36, system: 1 },
    brokenBytes: 0,
    conversations: 6,
    agents: ['小苏-拼哒团客服', '小青-拼哒团退换货客服'],
    finds: [
      {
        rule: 'dismissive/dont-know',
        agent: '小青-拼哒团退换货客服',
        quote: '不知道',
      },
      { rule: 'latency/hold-overrun', agent: '小苏-拼哒团客服', quote: '稍等' },
      { rule: 'dismissive/blind-transfer', agent: '小苏-拼哒团客服', quote: '给您转到' },
      { rule: 'latency/slow-response', agent: '小青-拼哒团退换货客服', quote: '' },
      { rule: 'latency/unanswered', agent: '小青-拼哒团退换货客服', quote: '' },
      { rule: 'latency/abandoned-after-wait', agent: '小青-拼哒团退换货客服', quote: '不买了' },
    ],
    clean: [],
    onlyAbuse: {},
    waits: [
      { agent: '小苏-拼哒团客服', seconds: 35 },
      { agent: '小青-拼哒团退换货客服', seconds: 1582 },
      { agent: '小青-拼哒团退换货客服', seconds: 946 },
    ],
    exposure: [],
  },
  {
    title: 'seven months',
    paths: ['fixtures/demo/04-jd-seven-months.zip'],
    messages: 127,
    duplicates: 0,
    roles: { agent: 53, customer: 71, bot: 2, system: 1 },
    brokenBytes: 0,
    conversations: 17,
    agents: [
      '南瓜',
      '可可',
      '小何',
      '小满',
      '小禾',
      '小竹',
      '小舟',
      '小贝',
      '石头',
      '老周',
      '豆苗',
      '阿乔',
    ].map((name) => `${JD}-${name}`),
    finds: [
      { rule: 'dismissive/dont-know', agent: `${JD}-石头`, quote: '我也不清楚呢' },
      { rule: 'dismissive/deflection', agent: `${JD}-石头`, quote: '建议您联系厂家' },
      { rule: 'latency/slow-first-response', agent: `${JD}-石头`, quote: '' },
      { rule: 'process/re-ask-after-transfer', agent: `${JD}-小贝`, quote: '我这边看不到的' },
      {
        rule: 'process/transfer-without-summary',
        agent: `${JD}-豆苗`,
        quote: '请问是什么问题',
        atLeast: 'info',
      },
    ],
    clean: [`${JD}-老周`, `${JD}-小何`],
    onlyAbuse: {},
    waits: [
      { agent: `${JD}-石头`, seconds: 378 },
      { agent: `${JD}-小满`, seconds: 18 },
    ],
    exposure: [],
  },
  {
    title: 'hotline',
    paths: ['fixtures/demo/05-hotline.csv'],
    messages: 67,
    duplicates: 0,
    roles: { agent: 36, customer: 31 },
    brokenBytes: 0,
    conversations: 4,
    agents: ['工号208', '工号215'],
    finds: [],
    clean: ['工号208', '工号215'],
    onlyAbuse: {},
    waits: [
      { agent: '工号208', seconds: 27 },
      { agent: '工号215', seconds: 21 },
    ],
    exposure: [{ agent: '工号208', turns: 10, minutes: 52 }],
    company: ['工号215'],
  },
];
