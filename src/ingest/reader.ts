import type { Message, Platform } from '../model/message.js';
import type { Skip } from '../model/skip.js';
import type { Zone } from '../model/zone.js';
import type { ColumnMap } from './columns.js';
import type { NamedColumns } from './named-columns.js';
import type { RoleResolver } from './roles.js';

/** The start of an input, decoded, for readers to recognise their format by. */
export interface Head {
  /** Name as the user gave it, for its extension only as a last hint. */
  name: string;
  /** The first bytes, at most 64 KiB. */
  bytes: Uint8Array;
  /** Decoded text of those bytes, without a cut line at the end unless it is the only one. */
  text: string;
  /** `text` split into lines, without line ends. */
  lines: string[];
  /** True when the head is the whole input. */
  complete: boolean;
  /** Columns that the user named, for tables with headers of their own. */
  columns?: ColumnMap | null;
}

/** How sure a reader is of an input, and why, in words that `detect` shows. */
export interface Sniff {
  /** 0–1. 1 is a signature that nothing else has; below 0.3 does not count. */
  score: number;
  /** What spoke for it: `header-line`, `columns 发送时间,角色`, … Data, not prose. */
  why: string;
}

/** What a reader hands on at a time: one batch a chunk of input keeps the per-message cost low. */
export interface ReadBatch {
  messages: Message[];
  skips: Skip[];
  /** Raw records met in this batch: messages + skips. Header and separator lines are no records. */
  recordCount: number;
  /** Lines (or rows) consumed in this batch. */
  lineCount: number;
}

export interface ReadContext {
  /** Name for `source.file`. */
  file: string;
  zone: Zone;
  roles: RoleResolver;
  /** Columns that the user named (`--columns`), or null. */
  columns: ColumnMap | null;
  /** True among several inputs: a table without the columns that the user named is read by its own headers. */
  columnsMayDiffer?: boolean;
  /** Where the headers of tables and the fields of objects are held against what the user named. */
  namedColumns?: NamedColumns | undefined;
  /**
   * Text of a file beside this one, by relative path, for formats that split themselves over several files. Null where
   * there is none, or where the input is no file on disk.
   */
  sibling?(path: string): Promise<string | null>;
  /** Adds a non-fatal remark to the report, e.g. a year that had to be assumed. */
  notice(code: string, data: Record<string, string | number | string[]>): void;
}

interface ReaderBase {
  /** Kebab-case, for `--input-format` and reports: `qq-txt`. */
  readonly id: string;
  readonly platform: Platform | null;
  readonly title: { zh: string; en: string };
  /** What the grammar is based on: real files, several public parsers, one fixture, or inference. */
  readonly basis: 'real' | 'parsers' | 'documentation' | 'fixture';
}

/** Reads decoded text as it streams in. Never holds a whole file. */
export interface TextReader extends ReaderBase {
  readonly input: 'text';
  sniff(head: Head): Sniff | null;
  read(chunks: AsyncIterable<string>, context: ReadContext): AsyncGenerator<ReadBatch>;
}

/** Bytes of an input that a container format needs whole or by random access. */
export interface ByteSource {
  /** Path on disk, or null for stdin and archive members. */
  path: string | null;
  stream(): AsyncIterable<Uint8Array>;
  /** All bytes. @throws KefuError `read-failed` above 2 GiB. */
  bytes(): Promise<Uint8Array>;
}

/** Reads a binary container (XLSX). Chosen by magic bytes; `sniff` sees the head's bytes. */
export interface BinaryReader extends ReaderBase {
  readonly input: 'bytes';
  sniff(head: Head): Sniff | null;
  read(source: ByteSource, context: ReadContext): AsyncGenerator<ReadBatch>;
}

export type Reader = TextReader | BinaryReader;

/** An empty batch to fill. */
export function newBatch(): ReadBatch {
  return { messages: [], skips: [], recordCount: 0, lineCount: 0 };
}
