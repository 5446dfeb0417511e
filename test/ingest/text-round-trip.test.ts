import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextReader } from '../../src/ingest/reader.js';
import { readerById } from '../../src/ingest/readers/index.js';
import { createRoleResolver } from '../../src/ingest/roles.js';
import { Zone } from '../../src/model/zone.js';

/** One chat, written in each text format and read back: speakers, roles, times and texts must be the same. */
const ZONE = new Zone('Asia/Shanghai');
const START = Date.UTC(2025, 2, 8, 2, 0, 0);
const RULE = '='.repeat(64);

interface Said {
  byCustomer: boolean;
  atMs: number;
  text: string;
}

interface Format {
  id: string;
  customer: string;
  agent: string;
  write(chat: readonly Said[], format: Format): string;
}

const who = (said: Said, format: Format) => (said.byCustomer ? format.customer : format.agent);
const stamp = (said: Said) => ZONE.local(said.atMs);
const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** `8:05:00 PM` */
function twelveHours(said: Said): string {
  const [hour, ...rest] = stamp(said).slice(11).split(':');
  const number = Number(hour);
  return `${number % 12 === 0 ? 12 : number % 12}:${rest.join(':')} ${number < 12 ? 'AM' : 'PM'}`;
}

const qqBlock = (peer: string) => `${RULE}\n消息分组:我的好友\n${RULE}\n消息对象:${peer}\n${RULE}\n\n`;

const FORMATS: Format[] = [
  {
    id: 'qq-txt',
    customer: '阿柚',
    agent: '青禾窗饰-小满',
    write: (chat, format) =>
      `消息记录（此消息记录为文本格式，不支持重新导入）\n\n${qqBlock(format.customer)}${chat
        .map((said) => `${stamp(said)} ${who(said, format)}\n${said.text}\n\n`)
        .join('')}`,
  },
  {
    id: 'qq-txt',
    customer: '阿柚',
    agent: '青禾窗饰-小满',
    write: (chat, format) =>
      `消息记录（此消息记录为文本格式，不支持重新导入）\r\n\r\n${qqBlock(format.customer)}${chat
        .map(
          (said) =>
            `3/${Number(stamp(said).slice(8, 10))}/2025 ${twelveHours(said)} ${who(said, format)}\n${said.text}\n\n`,
        )
        .join('')}`,
  },
  {
    id: 'qq-mht',
    customer: '阿柚',
    agent: '青禾窗饰-小满',
    write: (chat, format) => {
      const rows = chat.map((said) => {
        const text = said.text
          .split('\n')
          .map((line) => `<font style="font-size:10pt;">${escapeHtml(line)}</font>`)
          .join('<br>');
        return (
          `<tr><td>日期: ${stamp(said).slice(0, 10)}</td></tr><tr><td><div style=color:#006EFE;padding-left:10px;>` +
          `<div style=float:left;margin-right:6px;>${who(said, format)}</div>${twelveHours(said)}</div>` +
          `<div style=padding-left:20px;>${text}</div></td></tr>`
        );
      });
      return (
        `From: <Save by Tencent MsgMgr>\n\tboundary="-=_N"\n\n---=_N\nContent-Type: text/html\n\n<html><table>` +
        `<tr><td>消息分组:我的好友</div></td></tr><tr><td>消息对象:${format.customer}</div></td></tr>` +
        `${rows.join('')}</table></html>\n---=_N--\n`
      );
    },
  },
  {
    id: 'qce-txt',
    customer: '阿柚',
    agent: '青禾窗饰-小满',
    write: (chat, format) =>
      `[QQChatExporter V5 / x]\n聊天名称: ${format.customer}\n聊天类型: 私聊\n\n${chat
        .map((said) => `${who(said, format)}:\n时间: ${stamp(said)}\n内容: ${said.text}\n\n`)
        .join('')}总计导出 ${chat.length} 条消息\n`,
  },
  {
    id: 'wangwang-b',
    customer: '海盐味的风',
    agent: '麦穗数码专营店:小乔',
    write: (chat, format) =>
      `${format.agent}\n${'-'.repeat(28)}${format.customer}${'-'.repeat(28)}\n${chat
        .map((said) => `${who(said, format)}(${stamp(said)}):  ${said.text}\n`)
        .join('')}`,
  },
  {
    id: 'wangwang-a',
    customer: '海盐味的风',
    agent: '麦穗数码专营店:小乔',
    write: (chat, format) =>
      `${format.customer}\n====\n即时消息\n${chat
        .map((said) => `${stamp(said)} ${who(said, format)}: ${said.text}\n`)
        .join('')}`,
  },
  {
    id: 'qianniu-paste',
    customer: '海盐味的风',
    agent: '麦穗数码专营店:小乔',
    write: (chat, format) =>
      chat.map((said) => `${who(said, format)}${stamp(said)}\n${said.text}\n已读\n`).join(''),
  },
  {
    id: 'qianniu-web',
    customer: '海盐味的风',
    agent: '麦穗数码专营店:小乔',
    write: (chat, format) =>
      chat
        .map(
          (said) =>
            `${stamp(said).slice(0, 10)}\n${stamp(said).slice(11)}\n${said.text}\n${who(said, format)}\n`,
        )
        .join(''),
  },
  {
    id: 'dongdong',
    customer: 'j****db',
    agent: '麦穗数码京东自营--小丙',
    write: (chat, format) =>
      `/*****************以下为一通会话************************************/\n${chat
        .map((said) => ` ${who(said, format)} ${stamp(said)}\t\n${said.text}\n`)
        .join('')}`,
  },
];

/** Both parties speak, so that a reader can tell who is who. */
const CHAT: fc.Arbitrary<Said[]> = fc
  .array(
    fc.record({
      byCustomer: fc.boolean(),
      wait: fc.integer({ min: 0, max: 30_000 }),
      text: fc
        .array(
          // No letter that is a tag of HTML: 咚咚 logs hold HTML, and a typed <a> cannot be told from one of theirs.
          fc.string({
            unit: fc.constantFrom(...'你好退款吗发票 不知道，。？！k7()<&>；-='),
            minLength: 0,
            maxLength: 18,
          }),
          { minLength: 1, maxLength: 4 },
        )
        .map((lines) => `话${lines.map((line) => line.trim()).join('\n')}完`),
    }),
    { maxLength: 12 },
  )
  .map((entries) => {
    let atMs = START;
    const first = [
      { byCustomer: true, wait: 0, text: '在吗' },
      { byCustomer: false, wait: 5, text: '在的' },
    ];
    return [...first, ...entries].map(({ byCustomer, wait, text }) => {
      atMs += wait * 1000;
      return { byCustomer, atMs, text };
    });
  });

async function read(id: string, text: string): Promise<unknown[]> {
  const messages: unknown[] = [];
  async function* chunks() {
    for (let at = 0; at < text.length; at += 97) yield text.slice(at, at + 97);
  }
  const reader = readerById(id) as TextReader;
  const batches = reader.read(chunks(), {
    file: 'chat.txt',
    zone: ZONE,
    roles: createRoleResolver({ agent: [], customer: [], bot: [] }),
    columns: null,
    notice: () => {},
  });
  for await (const batch of batches) {
    expect(batch.skips).toEqual([]);
    for (const { conversationKey, role, speakerId, atMs, text, customerId } of batch.messages) {
      messages.push({ conversationKey, customerId, role, speakerId, atMs, text });
    }
  }
  return messages;
}

describe.each(FORMATS)('$id', (format) => {
  it('gives back the chat that was written', async () => {
    await fc.assert(
      fc.asyncProperty(CHAT, async (chat) => {
        const expected = chat.map((said) => ({
          conversationKey: format.customer,
          customerId: format.customer,
          role: said.byCustomer ? 'customer' : 'agent',
          speakerId: who(said, format),
          atMs: said.atMs,
          text: said.text,
        }));
        expect(await read(format.id, format.write(chat, format))).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});
