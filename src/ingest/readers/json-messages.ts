import { headValues, JsonSplitter, type JsonValue } from '../json-values.js';
import {
  defaultsOf,
  isListKey,
  isObject,
  type JsonObject,
  ObjectMapper,
  recogniseObject,
  scoreOf,
} from '../object-mapper.js';
import {
  type Head,
  newBatch,
  type ReadBatch,
  type ReadContext,
  type Sniff,
  type TextReader,
} from '../reader.js';

/**
 * JSON documents of message objects: a top-level array, or an array under a key of a top-level object; one object a
 * message, or one a conversation with its messages in an array.
 *
 * The fields are recognised by name, nested ones as `from.role` (`columns.ts`). Known so far, from documentation and
 * public scrapers: the JD chat log interface and web client, scraped 拼多多 messages, Tmall records
 * (`sender_nick, content, msg_time`), WeFlow and echotrace (`isSend` marks the exporter). None was seen as a whole real
 * file.
 */
export const jsonMessages: TextReader = {
  id: 'json-messages',
  platform: null,
  title: { zh: 'JSON 消息数组（按字段名识别）', en: 'JSON array of messages, fields recognised by name' },
  basis: 'parsers',
  input: 'text',

  sniff(head: Head): Sniff | null {
    const first = head.text.trimStart().charAt(0);
    if (first !== '[' && first !== '{') return null;
    // Several documents, one a line, are JSON Lines.
    if (
      first === '{' &&
      head.lines.filter((line) => line.trim() !== '').length > 1 &&
      isObject(parse(head.lines))
    ) {
      return null;
    }
    let best: Sniff | null = null;
    for (const item of headValues(head.text).slice(0, 50)) {
      const found = recogniseObject(item.value, head.columns ?? null);
      if (!found || (!item.isElement && !found.nested)) continue;
      const score = scoreOf(found.plan);
      if (score === 0 || (best && best.score >= score)) continue;
      const fields = found.plan.headers.filter((_, index) => Object.values(found.plan.at).includes(index));
      best = { score, why: `${found.plan.layout ?? 'fields'} ${fields.join(',')}` };
    }
    return best;
  },

  async *read(chunks, context) {
    const splitter = new JsonSplitter();
    const document = new Document(context);
    let lineCount = 0;
    const take = (values: JsonValue[]): ReadBatch => {
      const batch = newBatch();
      for (const value of values) document.add(batch, value);
      batch.lineCount = splitter.lineCount - lineCount;
      lineCount = splitter.lineCount;
      return batch;
    };
    for await (const chunk of chunks) yield take(splitter.push(chunk));
    yield take(splitter.end());
  },
};

/** The first line that is not blank, parsed; undefined where it is no JSON of its own. */
function parse(lines: readonly string[]): unknown {
  try {
    return JSON.parse(lines.find((line) => line.trim() !== '') ?? '') as unknown;
  } catch {
    return undefined;
  }
}

/** One JSON document: what stands beside the messages comes first, or is not used. */
class Document {
  /** Without a prototype: keys are the file's. */
  private readonly meta: JsonObject = Object.create(null);
  private mapper: ObjectMapper | null = null;
  private defaults: ReturnType<typeof defaultsOf> = {};

  constructor(private readonly context: ReadContext) {}

  add(batch: ReadBatch, { key, isElement, value, problem, line, detail }: JsonValue): void {
    if (problem !== null) {
      this.mapperOf().broken(batch, problem, line, detail);
    } else if (isElement) {
      // Members, tags and the like stand in arrays too.
      if (key !== null && !isListKey(key) && recogniseObject(value, this.context.columns) === null) return;
      this.mapperOf().add(batch, value, line, this.defaults);
    } else if (key !== null) {
      // `{"data": {"messages": […]}}`: the answer of an interface, wrapped.
      if (isObject(value) && recogniseObject(value, this.context.columns)?.nested)
        this.mapperOf().add(batch, value, line, this.defaults);
      else if (this.mapper === null) this.meta[key] = value;
    }
  }

  /** Made at the first message, when everything before it is known. */
  private mapperOf(): ObjectMapper {
    if (this.mapper !== null) return this.mapper;
    const { session } = this.meta;
    if (isObject(this.meta.weflow) && isObject(session)) {
      const peer = session.wxid ?? session.displayName ?? session.nickname;
      this.mapper = new ObjectMapper(this.context, {
        platform: 'wechat',
        ...(typeof peer === 'string' ? { defaultKey: peer } : {}),
        isGroup: session.type === '群聊',
      });
    } else {
      this.mapper = new ObjectMapper(this.context, { platform: null });
      this.defaults = defaultsOf(this.meta);
    }
    return this.mapper;
  }
}
