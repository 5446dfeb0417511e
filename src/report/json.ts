import type { RunInfo } from '../model/report.js';
import { customerFiguresRow, customerRow } from './customer-rows.js';
import type { Reporter, ReportWriter } from './reporter.js';
import {
  agentRow,
  conversationRow,
  findingRow,
  goodTurnRow,
  inputRow,
  noticeRow,
  runRow,
  SCHEMA_VERSION,
  skipRow,
  summaryRow,
  turnRows,
} from './rows.js';
import { toJson } from './visible.js';

/**
 * One object. Conversations, of which there may be millions, are written as they come and therefore stand before the
 * figures; findings and skips are kept as text until the end. Each row is on a line of its own, so that reports can be
 * compared with `diff`. Nothing is written before the first conversation or the end: an audit that fails at once
 * leaves no half object.
 */
export const json: Reporter = {
  create(options): ReportWriter {
    let tool: RunInfo['tool'] | null = null;
    const conversations = new RowList();
    const findings: string[] = [];
    const skips: string[] = [];
    const customers: string[] = [];

    /** Everything before the first conversation; '' when that has been written. */
    function opening(): string {
      if (tool === null) return '';
      const head = [`{"schemaVersion":${SCHEMA_VERSION}`, `"tool":${toJson(tool)}`, '"conversations":['];
      tool = null;
      return head.join(',\n');
    }

    return {
      header(run) {
        tool = run.tool;
        return '';
      },
      conversation(event) {
        for (const finding of event.findings)
          findings.push(toJson(findingRow(finding, event.conversation, options)));
        const row = { ...conversationRow(event, options.zone), turns: turnRows(event) };
        return opening() + conversations.add(toJson(row));
      },
      skip(skip) {
        skips.push(toJson(skipRow(skip)));
        return '';
      },
      customer({ customer, findings: found }) {
        for (const finding of found) findings.push(toJson(findingRow(finding, null, options)));
        customers.push(toJson(customerRow(customer, found, options)));
        return '';
      },
      *end(report) {
        yield `${opening()}${conversations.close()},\n"findings":[`;
        yield* rows(findings);
        yield ',\n"skips":[';
        yield* rows(skips);
        yield `,\n"run":${toJson(runRow(report.run))},\n"inputs":[`;
        yield* rows(report.inputs.map((input) => toJson(inputRow(input, options.zone))));
        yield `,\n"coverage":${toJson(report.coverage)},\n"summary":${toJson(summaryRow(report))},\n"agents":[`;
        yield* rows(report.agents.map((agent) => toJson(agentRow(agent, options))));
        yield `,\n"caseMix":${toJson(report.caseMix)},\n"breakdowns":${toJson(report.breakdowns)},\n"best":[`;
        yield* rows(report.best.map((one) => toJson(goodTurnRow(one, options))));
        yield `,\n"customerFigures":${toJson(customerFiguresRow(report.customers))},\n"customers":[`;
        yield* rows(customers);
        yield ',\n"notices":[';
        yield* rows(report.notices.map((notice) => toJson(noticeRow(notice, options))));
        yield '}\n';
      },
    };
  },
};

/** The inside of an array, one row a line. */
class RowList {
  private empty = true;

  add(row: string): string {
    const before = this.empty ? '\n' : ',\n';
    this.empty = false;
    return before + row;
  }

  /** The end of the array. */
  close(): string {
    return this.empty ? ']' : '\n]';
  }
}

function* rows(list: readonly string[]): Generator<string> {
  const array = new RowList();
  for (const row of list) yield array.add(row);
  yield array.close();
}
