import { createMessage } from '../../model/message.js';
import { automaticRole } from '../automatic-texts.js';
import { classify } from '../kinds.js';
import { isCutLine, lineBatches } from '../lines.js';
import {
  type Head,
  newBatch,
  type ReadBatch,
  type ReadContext,
  type Sniff,
  type TextReader,
} from '../reader.js';
import type { RoleDecision } from '../roles.js';
import { detached } from '../units.js';

/**
 * Session, user, waiter_send, is_transfer, is_repeat, SKU, content. The files' own headers name the columns in another
 * order, or one too few, so the position decides.
 */
const COLUMNS = 7;
const BIT = /^[01](?:\.0)?$/;
const AGENT: RoleDecision = { role: 'agent', reason: 'flag' };
const CUSTOMER: RoleDecision = { role: 'customer', reason: 'flag' };

/**
 * The JDDC research corpus of JD chats, `chat.txt`: TSV of seven columns without quoting and without times. Based on
 * many real rows.
 *
 * Further TABs belong to the text; `nan` is what pandas writes for an empty cell. A session is an explicit mark. The
 * two labels is_transfer and is_repeat hold for a whole session and are kept in `extra`, with the SKU. Speakers have no
 * names: the customer is the user id, the agent `客服`.
 */
export const jddc: TextReader = {
  id: 'jddc',
  platform: 'jd',
  title: { zh: 'JDDC 语料 TSV', en: 'JDDC corpus, TSV' },
  basis: 'real',
  input: 'text',

  sniff(head: Head): Sniff | null {
    return looksLikeJddc(head.lines) ? { score: 0.98, why: 'seven columns session…content' } : null;
  },

  async *read(chunks, context) {
    const rows = new Rows(context);
    let number = 0;
    for await (const lines of lineBatches(chunks)) {
      const batch = newBatch();
      for (const line of lines) rows.add(batch, line, ++number);
      batch.lineCount = lines.length;
      yield batch;
    }
  },
};

/** Whether these lines are rows of the corpus: five cells, of which three are bits, then SKU and text. */
export function looksLikeJddc(lines: readonly string[]): boolean {
  const rows = lines.filter((line) => line.trim() !== '').slice(0, 40);
  const fitting = rows.filter((line) => {
    const cells = line.split('\t');
    return cells.length >= COLUMNS && BIT.test(cells[2]!) && BIT.test(cells[3]!) && BIT.test(cells[4]!);
  });
  return fitting.length > 0 && fitting.length * 2 > rows.length - 1;
}

class Rows {
  private session = '';
  private customer = '';

  constructor(private readonly context: ReadContext) {}

  add(batch: ReadBatch, line: string, number: number): void {
    if (line.trim() === '') return;
    const cells = line.split('\t');
    if (cells.length < 3 || !BIT.test(cells[2]!)) {
      // The header says nothing that we use.
      if (number === 1 && !/\d/.test(line)) return;
      this.skip(batch, 'ragged-row', number, `${cells.length}/${COLUMNS}`);
      return;
    }
    if (cells.length < COLUMNS || isCutLine(line)) {
      this.skip(batch, isCutLine(line) ? 'too-long' : 'ragged-row', number, `${cells.length}/${COLUMNS}`);
      return;
    }
    const text = given(cells.length === COLUMNS ? cells[6]! : cells.slice(6).join('\t'));
    if (text.trim() === '') {
      this.skip(batch, 'no-text', number, '');
      return;
    }
    if (cells[0] !== this.session) this.session = detached(cells[0]!);
    if (cells[1] !== this.customer) this.customer = detached(cells[1]!);
    const isAgent = cells[2]!.startsWith('1');
    const side = isAgent ? AGENT : CUSTOMER;
    const speaker = isAgent ? '客服' : this.customer;
    const kind = classify(text);
    const role =
      automaticRole(text, kind) ?? this.context.roles.resolve({ id: speaker, name: speaker, side });
    const sku = given(cells[5]!);
    batch.recordCount++;
    batch.messages.push(
      createMessage({
        conversationKey: this.session,
        session: this.session,
        role: role.role,
        roleReason: role.reason,
        speakerId: speaker,
        text,
        kind,
        platform: 'jd',
        customerId: this.customer,
        source: { file: this.context.file, line: number },
        extra: {
          isTransfer: cells[3]!.startsWith('1'),
          isRepeat: cells[4]!.startsWith('1'),
          ...(sku === '' ? {} : { sku }),
        },
      }),
    );
  }

  private skip(
    batch: ReadBatch,
    reason: 'ragged-row' | 'too-long' | 'no-text',
    line: number,
    detail: string,
  ) {
    batch.recordCount++;
    batch.skips.push({ reason, file: this.context.file, line, detail });
  }
}

/** `nan` is what pandas writes for nothing. */
function given(cell: string): string {
  return cell === 'nan' || cell === 'NaN' ? '' : cell;
}
