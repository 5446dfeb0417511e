import type { Platform } from '../model/message.js';
import { COLUMN_FIELDS, type ColumnField, type ColumnMap, type ColumnPlan, planColumns } from './columns.js';
import type { ReadBatch, ReadContext } from './reader.js';
import { keyOfFile, RowMapper, type RowValues } from './row-mapper.js';

export type JsonObject = Record<string, unknown>;

/** How the fields of one shape of object are reached. */
interface Shape {
  plan: ColumnPlan;
  /** Field, key and, for nested objects, the key inside. */
  access: readonly (readonly [ColumnField, string, string | null])[];
  /** Key of an array of message objects, for one object a conversation. */
  listKey: string | null;
}

export interface ObjectMapperOptions {
  platform: Platform | null;
  /** Thread of objects that name none. */
  defaultKey?: string;
  /** True for a chat of many, in which "not sent by the exporter" does not mean "sent by a customer". */
  isGroup?: boolean;
}

/** What a conversation's own object or the document says about all of its messages. */
type Defaults = Partial<Record<ColumnField, string>>;

const SHAPE_LIMIT = 1000;

/** Shops hold customers and customers hold chats; deeper than this, lists in lists are no conversations. */
const MAX_DEPTH = 8;

/** Arrays with these names hold messages; what is in them and is none, is a record that is not understood. */
const LIST_KEYS =
  /^(?:messages?|msgs?|msglist|messagelist|chats?|chatlogs?|chatmessages|records?|list|items|rows|data|results?|dialogs?|dialogues?|conversation|history)$/i;

/** Values of message fields may be nested this far: `from.role`, `content.text`. */
export class ObjectMapper {
  private readonly mapper: RowMapper;
  private readonly shapes = new Map<string, Shape>();
  private isReached = false;

  constructor(
    private readonly context: ReadContext,
    private readonly options: ObjectMapperOptions,
  ) {
    this.mapper = new RowMapper(context, {
      platform: options.platform,
      defaultKey: options.defaultKey ?? keyOfFile(context.file),
      defaultDate: null,
      dateOrder: 'month-first',
    });
  }

  /**
   * Adds an object to a batch: a message, or a conversation with its messages in an array. What is neither is a skip.
   *
   * @param defaults what the document says about all messages
   * @param depth how many conversations the object stands in
   */
  add(batch: ReadBatch, value: unknown, line: number, defaults: Defaults = {}, depth = 0): void {
    if (!isObject(value)) {
      this.mapper.reject(batch, 'unsupported-record', line, short(value));
      return;
    }
    const shape = this.shapeOf(value);
    if (shape.listKey !== null && depth >= MAX_DEPTH) {
      this.mapper.reject(batch, 'unsupported-record', line, shape.listKey);
    } else if (shape.listKey !== null) {
      this.conversation(batch, value, shape, line, defaults, depth);
    } else if (shape.plan.at.text < 0) {
      this.mapper.reject(batch, 'unsupported-record', line, Object.keys(value).slice(0, 8).join(','));
    } else {
      this.message(batch, value, shape, line, defaults);
    }
  }

  /** A record that cannot even be parsed. */
  broken(batch: ReadBatch, reason: 'bad-json' | 'too-long', line: number, detail: string): void {
    this.mapper.reject(batch, reason, line, detail);
  }

  private conversation(
    batch: ReadBatch,
    value: JsonObject,
    shape: Shape,
    line: number,
    outer: Defaults,
    depth: number,
  ): void {
    const defaults: Defaults = { ...outer, ...fieldsOf(value, shape) };
    // The object is a conversation, so its id is that of the conversation.
    defaults.session ??=
      defaults.id ?? (defaults.customer ? undefined : `${keyOfFile(this.context.file)}#${line}`)!;
    defaults.id = undefined!;
    defaults.text = undefined!;
    for (const item of value[shape.listKey!] as unknown[]) this.add(batch, item, line, defaults, depth + 1);
  }

  private message(batch: ReadBatch, value: JsonObject, shape: Shape, line: number, defaults: Defaults): void {
    const { mapper, options } = this;
    const { values } = mapper;
    for (const field of COLUMN_FIELDS) values[field] = defaults[field] ?? '';
    for (const [field, key, inner] of shape.access) {
      const text = textAt(value, key, inner);
      if (text !== '') values[field] = text;
    }
    values.roleIsFlag = shape.plan.roleIsFlag;
    if (options.isGroup && values.roleIsFlag && values.role !== '1' && values.role !== 'true')
      values.role = '';
    if (shape.plan.platform !== null) values.platform = shape.plan.platform;
    if (shape.plan.layout === 'pdd-im') pddSender(values, value);
    if (!this.isReached) this.announce(values);
    mapper.add(batch, line);
  }

  private announce(values: RowValues): void {
    this.isReached = true;
    const { session, conversation, customer, receiver } = values;
    if (
      session === '' &&
      conversation === '' &&
      customer === '' &&
      receiver === '' &&
      !this.options.defaultKey
    ) {
      this.context.notice('one-conversation-per-file', { file: this.context.file });
    }
  }

  private shapeOf(value: JsonObject): Shape {
    const signature = signatureOf(value);
    const known = this.shapes.get(signature);
    if (known !== undefined) return known;
    const { columns, namedColumns } = this.context;
    const shape = newShape(value, columns);
    if (columns !== null) namedColumns?.look(namesOf(value).names);
    if (this.shapes.size >= SHAPE_LIMIT) this.shapes.clear();
    this.shapes.set(signature, shape);
    return shape;
  }
}

/** Objects with equal signatures are reached in the same way. */
function signatureOf(value: JsonObject): string {
  let signature = '';
  for (const key of Object.keys(value)) {
    const inner = value[key];
    signature += `${key},`;
    if (isObject(inner)) signature += `{${Object.keys(inner).join()}}`;
    else if (Array.isArray(inner))
      signature += isObject(inner[0]) ? `[${Object.keys(inner[0]).join()}]` : '[]';
  }
  return signature;
}

function newShape(value: JsonObject, map: ColumnMap | null): Shape {
  const { names, paths } = namesOf(value);
  let listKey: string | null = null;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(inner) || !isObject(inner[0])) continue;
    if (planOf(inner[0], map).at.text >= 0) listKey = key;
  }
  const plan = planNames(names, map);
  const access = COLUMN_FIELDS.filter((field) => plan.at[field] >= 0).map((field) => {
    const [key, inner] = paths[plan.at[field]]!;
    return [field, key, inner] as const;
  });
  return { plan, access, listKey };
}

/** The leaves of an object, by name and by the keys that lead there; lists hold none. */
function namesOf(value: JsonObject): { names: string[]; paths: [string, string | null][] } {
  const names: string[] = [];
  const paths: [string, string | null][] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (isObject(inner)) {
      for (const [innerKey, leaf] of Object.entries(inner)) {
        if (typeof leaf === 'object' && leaf !== null) continue;
        names.push(`${key}.${innerKey}`);
        paths.push([key, innerKey]);
      }
    } else if (!Array.isArray(inner)) {
      names.push(key);
      paths.push([key, null]);
    }
  }
  return { names, paths };
}

/** Objects leave fields out that the user has named; that is no error of the whole file. */
function planNames(names: readonly string[], map: ColumnMap | null): ColumnPlan {
  if (map === null) return planColumns(names, null);
  const present = Object.fromEntries(Object.entries(map).filter(([, name]) => names.includes(name)));
  return planColumns(names, present as ColumnMap);
}

function planOf(value: JsonObject, map: ColumnMap | null): ColumnPlan {
  return planNames(namesOf(value).names, map);
}

function fieldsOf(value: JsonObject, shape: Shape): Defaults {
  const fields: Defaults = {};
  for (const [field, key, inner] of shape.access) {
    const text = textAt(value, key, inner);
    if (text !== '') fields[field] = text;
  }
  return fields;
}

function textAt(value: JsonObject, key: string, inner: string | null): string {
  let leaf = value[key];
  if (inner !== null) leaf = isObject(leaf) ? leaf[inner] : undefined;
  if (typeof leaf === 'string') return leaf;
  return typeof leaf === 'number' || typeof leaf === 'boolean' ? String(leaf) : '';
}

/** `mall_cs` is the shop's side: people, robots (`is_aut`, `template_name`) and the system (type 31). */
function pddSender(values: RowValues, value: JsonObject): void {
  if (values.kind === '31') values.role = 'system';
  else if (
    values.role === 'mall_cs' &&
    (value.template_name || value.is_aut === 1 || value.is_aut === true)
  ) {
    values.role = 'bot';
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The beginning of a value as JSON, for the detail of a skip. */
export function short(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? '').slice(0, 60);
  } catch {
    // Nested so deep that it cannot be written.
    return '';
  }
}

/** Whether an array of this name is expected to hold messages. */
export function isListKey(key: string): boolean {
  return LIST_KEYS.test(key);
}

/** What an object looks like to {@link ObjectMapper}, for sniffing: the plan of the object or of its messages. */
export function recogniseObject(
  value: unknown,
  map: ColumnMap | null,
): { plan: ColumnPlan; nested: boolean } | null {
  if (!isObject(value)) return null;
  const shape = newShape(value, map);
  if (shape.listKey !== null) {
    const first = (value[shape.listKey] as JsonObject[])[0]!;
    return { plan: planOf(first, map), nested: true };
  }
  return shape.plan.at.text >= 0 ? { plan: shape.plan, nested: false } : null;
}

/** The fields that an object states for all messages beside it: `{"customer": "…", "messages": […]}`. */
export function defaultsOf(value: JsonObject): Defaults {
  return fieldsOf(value, newShape(value, null));
}

/** How sure a plan makes a reader of JSON messages, 0–1; 0 for no messages. */
export function scoreOf(plan: ColumnPlan): number {
  const { at } = plan;
  if (at.text < 0) return 0;
  if (plan.layout !== null) return 0.9;
  const who = at.role >= 0 || at.speaker >= 0 || at.speakerName >= 0;
  return who || at.time >= 0 ? Math.min(0.85, 0.55 + 0.05 * plan.fieldCount) : 0;
}
