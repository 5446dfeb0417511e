import { isCutLine, lineBatches } from '../lines.js';
import { ObjectMapper, recogniseObject, scoreOf } from '../object-mapper.js';
import { type Head, newBatch, type Sniff, type TextReader } from '../reader.js';

/**
 * Lines of message objects (or of conversations with their messages), whose fields are recognised by name as those of
 * `json-messages` are.
 */
export const jsonlMessages: TextReader = {
  id: 'jsonl-messages',
  platform: null,
  title: {
    zh: 'JSONL 消息（每行一条，按字段名识别）',
    en: 'JSON Lines of messages, fields recognised by name',
  },
  basis: 'parsers',
  input: 'text',

  sniff(head: Head): Sniff | null {
    // Elements of an array may stand on lines of their own.
    if (head.text.trimStart().startsWith('[')) return null;
    let best: Sniff | null = null;
    let seen = 0;
    for (const line of head.lines) {
      if (line.trim() === '') continue;
      if (++seen > 10) break;
      const found = recogniseObject(parse(line), head.columns ?? null);
      // A document on one line is not lines of documents.
      if (!found || (found.nested && head.lines.filter((one) => one.trim() !== '').length < 2)) continue;
      const score = scoreOf(found.plan);
      if (score === 0 || (best && best.score >= score)) continue;
      const fields = found.plan.headers.filter((_, index) => Object.values(found.plan.at).includes(index));
      best = { score, why: `${found.plan.layout ?? 'fields'} ${fields.join(',')}` };
    }
    return best;
  },

  async *read(chunks, context) {
    const mapper = new ObjectMapper(context, { platform: null });
    let number = 0;
    for await (const lines of lineBatches(chunks)) {
      const batch = newBatch();
      for (const line of lines) {
        number++;
        if (line === '' || line.trim() === '') continue;
        const value = isCutLine(line) ? undefined : parse(line);
        if (value === undefined) {
          mapper.broken(batch, isCutLine(line) ? 'too-long' : 'bad-json', number, line.slice(0, 60));
        } else {
          mapper.add(batch, value, number);
        }
      }
      batch.lineCount = lines.length;
      yield batch;
    }
  },
};

function parse(line: string): unknown {
  try {
    return JSON.parse(line.charCodeAt(0) === 0xfeff ? line.slice(1) : line) as unknown;
  } catch {
    return undefined;
  }
}
