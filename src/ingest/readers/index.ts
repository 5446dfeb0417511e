import type { Reader } from '../reader.js';
import { canonical } from './canonical.js';
import { chatlab } from './chatlab.js';
import { csv } from './csv.js';
import { dongdong } from './dongdong.js';
import { htmlTable } from './html-table.js';
import { jddc } from './jddc.js';
import { jsonMessages } from './json-messages.js';
import { jsonlMessages } from './jsonl-messages.js';
import { qceJson } from './qce-json.js';
import { qceTxt } from './qce-txt.js';
import { qianniuPaste } from './qianniu-paste.js';
import { qianniuWeb } from './qianniu-web.js';
import { qqCopy } from './qq-copy.js';
import { qqMht } from './qq-mht.js';
import { qqTxt } from './qq-txt.js';
import { wangwangA } from './wangwang-a.js';
import { wangwangB } from './wangwang-b.js';
import { wecom } from './wecom.js';
import { xlsx } from './xlsx.js';

/**
 * Every reader, in the order in which `detect` names equals. To add one: write `readers/<id>.ts` that exports a
 * `TextReader` or `BinaryReader`, import it above and add it here, one line each.
 *
 * Reader modules are imported whole at start, so they must be light: a heavy dependency (htmlparser2, hucre, csv-parse)
 * is imported inside `read`, with `await import(…)`, and `sniff` does without it.
 */
export const READERS: readonly Reader[] = [
  // keep sorted by id
  canonical,
  chatlab,
  csv,
  dongdong,
  htmlTable,
  jddc,
  jsonMessages,
  jsonlMessages,
  qceJson,
  qceTxt,
  qianniuPaste,
  qianniuWeb,
  qqCopy,
  qqMht,
  qqTxt,
  wangwangA,
  wangwangB,
  wecom,
  xlsx,
];

/** The reader of an id, or undefined. */
export function readerById(id: string): Reader | undefined {
  return READERS.find((reader) => reader.id === id);
}
