/**
 * The obvious program that the bench compares with: csv-parse or JSON.parse, `nodejieba.cut` on every agent turn, a Set
 * of words, counts per agent. It sees only words that happen to be one token, knows no context, no waits and no
 * evidence; it is what one writes in ten minutes.
 *
 *   node scripts/bench/obvious.mjs FILE
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';

const WORDS = new Set([
  '不知道',
  '稍等',
  '神经病',
  '没办法',
  '有病',
  '冥币',
  '投诉',
  '废物',
  '垃圾',
  '白痴',
  '滚',
  '傻逼',
  '去死',
  '活该',
  '穷鬼',
  '催',
  '详情页',
  '不清楚',
]);

let cut;
try {
  const { default: nodejieba } = await import('nodejieba');
  cut = (text) => nodejieba.cut(text);
} catch {
  const { Jieba } = await import('@node-rs/jieba');
  const { dict } = await import('@node-rs/jieba/dict');
  const jieba = Jieba.withDict(dict);
  cut = (text) => jieba.cut(text, true);
}

const agents = new Map();
let turns = 0;
function take(role, agent, text) {
  turns++;
  if (role !== '客服' && role !== 'agent') return;
  const hits = cut(text).filter((word) => WORDS.has(word)).length;
  const entry = agents.get(agent) ?? { turns: 0, hits: 0 };
  entry.turns++;
  entry.hits += hits;
  agents.set(agent, entry);
}

const path = process.argv[2];
if (path.endsWith('.csv')) {
  for await (const row of createReadStream(path).pipe(parse({ columns: true, bom: true }))) {
    take(row.角色, row.发送账号, row.消息内容);
  }
} else {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const row = JSON.parse(line);
    take(row.role, row.speaker, row.text);
  }
}
console.log(JSON.stringify({ turns, agents: Object.fromEntries(agents) }));
