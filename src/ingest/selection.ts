import { KefuError } from '../model/errors.js';
import type { InputReport } from '../model/report.js';
import { choose, createHead, detect } from './detect.js';
import type { Input } from './open.js';
import type { IngestOptions } from './options.js';
import type { Head, Reader } from './reader.js';
import { READERS } from './readers/index.js';

/** How the reader of each input is found: by content, or because the user named it. */
export interface Selection {
  readonly chosenBy: InputReport['chosenBy'];
  /** The reader of an input, or why there is none. */
  choose(head: Head, input: Input): { reader: Reader } | { error: KefuError };
}

/** @throws KefuError `unknown-format` when `options.inputFormat` names no reader */
export function createSelection(options: IngestOptions): Selection {
  const readers = options.readers ?? READERS;
  const { inputFormat } = options;
  if (inputFormat === null) {
    return {
      chosenBy: 'content',
      choose(head, input) {
        if (isBlank(head, input)) return { error: new KefuError('empty-file', { file: input.name }) };
        if (isOwnReport(head)) {
          return { error: new KefuError('unknown-format', { file: input.name, data: { isReport: 'yes' } }) };
        }
        try {
          return { reader: choose(detect(head, input.content, readers), head, input.name) };
        } catch (error) {
          if (error instanceof KefuError) return { error };
          throw error;
        }
      },
    };
  }
  const reader = readers.find(({ id }) => id === inputFormat);
  if (reader === undefined) {
    throw new KefuError('unknown-format', {
      data: { value: inputFormat, known: readers.map(({ id }) => id) },
    });
  }
  return {
    chosenBy: 'flag',
    choose(head, input) {
      if (isBlank(head, input)) return { error: new KefuError('empty-file', { file: input.name }) };
      if (reader.input === input.content) return { reader };
      const kind = input.content === 'text' ? 'text' : 'XLSX';
      return {
        error: new KefuError('unsupported-format', { file: input.name, data: { kind, value: reader.id } }),
      };
    },
  };
}

/** A byte-order mark, blanks and line ends are nothing to read. */
function isBlank(head: Head, input: Input): boolean {
  return input.content === 'text' && head.complete && head.text.trim() === '';
}

/** What readers look at to recognise an input. */
export function headOf(input: Input, options: IngestOptions): ReturnType<typeof createHead> {
  const { head: bytes, complete } = input.source;
  return createHead({ name: input.innerName, bytes, complete, content: input.content }, options);
}

/** Whether an input is a report that kefu-audit wrote, which folders of exports often hold. */
export function isOwnReport(head: Head): boolean {
  return OWN_JSON.test(head.text) || OWN_CSV.test(head.text) || OWN_TABLE.test(head.text);
}

/** How the table for people begins; no export names this program. */
const OWN_TABLE = /^kefu-audit \d+\.\d+\.\d+\S* · /;

const OWN_JSON = /^\s*\{[^{}]{0,200}"tool":\s*\{\s*"name":\s*"kefu-audit"/;
/** How the headers of the tables agents, findings and turns begin, in English and in Chinese. */
const OWN_CSV =
  /^\ufeff?(?:agent_id,agent_name,shop,|time,severity,rule_id,agent_id,|conversation_id,turn_index,agent_id,|客服ID,客服,店铺,|时间,级别,规则,客服ID,|会话ID,轮次,客服ID,)/;
