import type { Role } from '../../src/model/index.js';

/** A sample of one format: how it is recognised and what is in it, counted by hand. */
export interface Sample {
  path: string;
  reader: string;
  records: number;
  messages: number;
  roles: Partial<Record<Role, number>>;
}

export const SAMPLES: Sample[] = [
  {
    path: 'qq-private.txt',
    reader: 'qq-txt',
    records: 6,
    messages: 6,
    roles: { customer: 3, agent: 2, system: 1 },
  },
  {
    path: 'qq-group.txt',
    reader: 'qq-txt',
    records: 5,
    messages: 5,
    roles: { agent: 2, system: 1, unknown: 2 },
  },
  {
    path: 'qq-paste-window.txt',
    reader: 'qq-copy',
    records: 4,
    messages: 4,
    roles: { agent: 2, unknown: 2 },
  },
  {
    path: 'qq-paste-manager.txt',
    reader: 'qq-copy',
    records: 4,
    messages: 4,
    roles: { agent: 1, unknown: 2, system: 1 },
  },
  {
    path: 'qq-paste-mobile.txt',
    reader: 'qq-copy',
    records: 4,
    messages: 4,
    roles: { agent: 2, unknown: 2 },
  },
  {
    path: 'qce.json',
    reader: 'qce-json',
    records: 4,
    messages: 4,
    roles: { customer: 2, agent: 1, system: 1 },
  },
  { path: 'qce-chunked', reader: 'qce-json', records: 3, messages: 3, roles: { customer: 2, agent: 1 } },
  { path: 'wangwang-a.txt', reader: 'wangwang-a', records: 4, messages: 4, roles: { customer: 2, agent: 2 } },
  { path: 'wangwang-b.txt', reader: 'wangwang-b', records: 5, messages: 5, roles: { customer: 2, agent: 3 } },
  {
    path: 'qianniu-client.txt',
    reader: 'qianniu-paste',
    records: 4,
    messages: 4,
    roles: { customer: 2, agent: 1, system: 1 },
  },
  {
    path: 'qianniu-web.txt',
    reader: 'qianniu-web',
    records: 3,
    messages: 3,
    roles: { customer: 1, agent: 2 },
  },
  {
    path: 'jd-dongdong.log',
    reader: 'dongdong',
    records: 7,
    messages: 7,
    roles: { customer: 2, agent: 3, bot: 1, system: 1 },
  },
  {
    path: 'jd-dongdong.zip',
    reader: 'dongdong',
    records: 7,
    messages: 7,
    roles: { customer: 2, agent: 3, bot: 1, system: 1 },
  },
  { path: 'jddc.tsv', reader: 'jddc', records: 6, messages: 6, roles: { customer: 3, agent: 3 } },
  {
    path: 'wecom.jsonl',
    reader: 'wecom',
    records: 6,
    messages: 5,
    roles: { customer: 2, agent: 1, bot: 1, system: 1 },
  },
  {
    path: 'chatlab.json',
    reader: 'chatlab',
    records: 4,
    messages: 4,
    roles: { customer: 2, agent: 1, system: 1 },
  },
  { path: 'chatlab.jsonl', reader: 'chatlab', records: 2, messages: 2, roles: { customer: 1, agent: 1 } },
  { path: 'xiaoduo.csv', reader: 'csv', records: 3, messages: 3, roles: { customer: 2, agent: 1 } },
  { path: 'qianniu.csv', reader: 'csv', records: 3, messages: 3, roles: { customer: 2, agent: 1 } },
  { path: 'jd-sessions.csv', reader: 'csv', records: 2, messages: 0, roles: {} },
  {
    path: 'wechatmsg.csv',
    reader: 'csv',
    records: 4,
    messages: 4,
    roles: { customer: 2, agent: 1, system: 1 },
  },
  { path: 'qianniu-sheets.xlsx', reader: 'xlsx', records: 5, messages: 5, roles: { customer: 3, agent: 2 } },
  {
    path: 'messages.json',
    reader: 'json-messages',
    records: 3,
    messages: 3,
    roles: { customer: 2, agent: 1 },
  },
  {
    path: 'canonical.jsonl',
    reader: 'canonical',
    records: 4,
    messages: 4,
    roles: { customer: 2, bot: 1, agent: 1 },
  },
];
