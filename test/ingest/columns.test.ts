import { describe, expect, it } from 'vitest';
import {
  COLUMN_FIELDS,
  normalizeHeader,
  parseColumnMap,
  planColumns,
  roleOfFlag,
  roleOfWord,
} from '../../src/ingest/columns.js';
import { KefuError } from '../../src/model/errors.js';

/** The headers that a plan uses, by field. */
function used(headers: string[], map = {}): Record<string, string> {
  const { at } = planColumns(headers, map);
  const fields = COLUMN_FIELDS.filter((field) => at[field] >= 0);
  return Object.fromEntries(fields.map((field) => [field, headers[at[field]]!]));
}

function errorOf(run: () => unknown): KefuError {
  try {
    run();
  } catch (error) {
    if (error instanceof KefuError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('planColumns', () => {
  it.each([
    [
      ['会话ID', '发送时间', '角色', '发送者', '消息内容'],
      { session: '会话ID', time: '发送时间', role: '角色', speaker: '发送者', text: '消息内容' },
    ],
    [
      ['Conversation_ID', 'Created At', 'sender-type', 'sender_name', 'Message'],
      {
        session: 'Conversation_ID',
        time: 'Created At',
        role: 'sender-type',
        speaker: 'sender_name',
        text: 'Message',
      },
    ],
    [['日期', '内容'], { time: '日期', text: '内容' }],
    [['日期', '时间', '内容'], { date: '日期', time: '时间', text: '内容' }],
    [['发送时间（北京）', '消息内容(文本)'], { time: '发送时间（北京）', text: '消息内容(文本)' }],
    [['waiter_send', 'content'], { role: 'waiter_send', text: 'content' }],
  ])('%j', (headers, expected) => expect(used(headers)).toEqual(expected));

  it('takes the surest of several names', () => {
    expect(used(['StrTime', 'CreateTime', 'text', '消息内容']).text).toBe('消息内容');
  });

  it('lets the user’s map win, by name or by number, and recognises the rest', () => {
    expect(used(['时间', '内容', '原文', '谁'], { text: '原文', role: '#4' })).toEqual({
      time: '时间',
      text: '原文',
      role: '谁',
    });
  });

  it('names the columns found and the nearest to one that is not there', () => {
    const error = errorOf(() => planColumns(['发送时间', '消息内容'], { time: '发送时问' }, 'a.csv'));
    expect(error).toMatchObject({
      code: 'unknown-columns',
      file: 'a.csv',
      data: { unknown: ['发送时问'], headers: ['发送时间', '消息内容'], nearest: '发送时间' },
    });
  });
});

describe('parseColumnMap', () => {
  it('reads pairs, and leaves commas to the names of columns', () => {
    expect(parseColumnMap('time=发送时间, text=内容,备注,role=#3')).toEqual({
      time: '发送时间',
      text: '内容,备注',
      role: '#3',
    });
  });

  it.each(['tiem=发送时间', 'time', 'time=', 'time=a,time=b', ''])('refuses %j', (text) => {
    expect(errorOf(() => parseColumnMap(text))).toMatchObject({
      code: 'usage',
      data: { option: '--columns' },
    });
  });

  it('suggests the field that was meant', () => {
    expect(errorOf(() => parseColumnMap('tiem=发送时间')).data.nearest).toBe('time');
  });
});

describe('words of roles', () => {
  it('knows the words of several formats, whatever their case and spacing', () => {
    const roles = [
      '客服',
      ' 买家 ',
      'SEND_MSG',
      'recv_msg',
      'mall_cs',
      '智能客服',
      '系统消息',
      'im.customer',
    ].map(roleOfWord);
    expect(roles).toEqual(['agent', 'customer', 'agent', 'customer', 'agent', 'bot', 'system', 'customer']);
    expect([roleOfWord('店长'), roleOfWord('constructor'), roleOfWord('1')]).toEqual([null, null, null]);
  });

  it('reads flags only where the column is one', () => {
    expect(['1', '0', 'TRUE', '否', '2', ''].map(roleOfFlag)).toEqual([
      'agent',
      'customer',
      'agent',
      'customer',
      null,
      null,
    ]);
  });

  it('normalises headers', () => {
    expect(normalizeHeader("\uFEFF'Str_Content ")).toBe('strcontent');
  });
});
