import type { RunInfo } from '../model/report.js';
import { customerFiguresRow, customerRow } from './customer-rows.js';
import { inMemory, LaterRows, RowList, rowsOf } from './later.js';
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
 * figures; findings, skips and customers wait as text until the end. Each row is on a line of its own, so that reports can be
 * compared with `diff`. Nothing is written before the first conversation or the end: an audit that fails at once
 * leaves no half object.
 */
export const json: Reporter = {
  create(options): ReportWriter {
    let tool: RunInfo['tool'] | null = null;
    const conversations = new RowList();
    const later = options.later ?? inMemory;
    const findings = new LaterRows(later());
    const skips = new LaterRows(later());
    const customers = new LaterRows(later());

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
          findings.add(toJson(findingRow(finding, event.conversation, options)));
        const row = { ...conversationRow(event, options.zone), turns: turnRows(event) };
        return opening() + conversations.add(toJson(row));
      },
      skip(skip) {
        skips.add(toJson(skipRow(skip)));
        return '';
      },
      customer({ customer, findings: found }) {
        for (const finding of found) findings.add(toJson(findingRow(finding, null, options)));
        customers.add(toJson(customerRow(customer, found, options)));
        return '';
      },
      *end(report) {
        yield `${opening()}${conversations.close()},\n"findings":[`;
        yield* findings.read();
        yield ',\n"skips":[';
        yield* skips.read();
        yield `,\n"run":${toJson(runRow(report.run))},\n"inputs":[`;
        yield* rowsOf(report.inputs, (input) => toJson(inputRow(input, options.zone)));
        yield `,\n"coverage":${toJson(report.coverage)},\n"summary":${toJson(summaryRow(report))},\n"agents":[`;
        yield* rowsOf(report.agents, (agent) => toJson(agentRow(agent, options)));
        yield `,\n"caseMix":${toJson(report.caseMix)},\n"breakdowns":${toJson(report.breakdowns)},\n"best":[`;
        yield* rowsOf(report.best, (one) => toJson(goodTurnRow(one, options)));
        yield `,\n"customerFigures":${toJson(customerFiguresRow(report.customers))},\n"customers":[`;
        yield* customers.read();
        yield ',\n"notices":[';
        yield* rowsOf(report.notices, (notice) => toJson(noticeRow(notice, options)));
        yield '}\n';
      },
    };
  },
};
