/** One message of a cell that holds a whole conversation. */
export interface CellMessage {
  /** Day as written, '' where none is known. */
  date: string;
  time: string;
  speaker: string;
  text: string;
}

const TIME = /^\d{1,2}:\d{2}:\d{2}$/;
const DATE = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)$/;
const END = /^没有更多内容了?$/;

/**
 * Opens a cell with a conversation copied from the 聊天记录查询 page of 千牛: for each message its time, its text, and
 * its sender LAST, each on lines of its own; a day may stand alone between them. Based on what public scrapers write
 * and read; no export button of that page is known.
 *
 * @param cell the text of the cell
 * @param date the day of the cell's row, for messages before the first day in the text
 */
export function splitChatCell(cell: string, date: string): CellMessage[] {
  const messages: CellMessage[] = [];
  let day = date;
  let time = '';
  let body: string[] = [];
  const close = () => {
    const lines = body.filter((line, index) => line !== '' || (index > 0 && index < body.length - 1));
    const speaker = lines.pop() ?? '';
    if (time !== '' && speaker !== '') messages.push({ date: day, time, speaker, text: lines.join('\n') });
    body = [];
    time = '';
  };
  for (const raw of cell.split(/\r\n|\r|\n/)) {
    const line = raw.trim();
    // A text may itself be a time; a sender still has to come.
    if (TIME.test(line) && (time === '' || body.length > 1)) {
      close();
      time = line;
    } else if (DATE.test(line)) {
      close();
      day = line;
    } else if (END.test(line)) {
      close();
    } else if (time !== '') {
      body.push(line);
    }
  }
  close();
  return messages;
}
