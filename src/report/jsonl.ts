import { customerFiguresRow, customerRow } from './customer-rows.js';
import type { Reporter, ReportWriter } from './reporter.js';
import {
  agentRow,
  conversationRow,
  findingRow,
  goodTurnRow,
  inputRow,
  noticeRow,
  SCHEMA_VERSION,
  settingsRow,
  skipRow,
  summaryRow,
  turnRows,
} from './rows.js';
import type { ReportLine } from './schema.js';
import { toJson } from './visible.js';

/**
 * One JSON object a line, written while the input is read: a header; each conversation followed by its agent turns and
 * findings; skips when their input has been read; at the end the customers with what only their record shows, the agents, and a
 * summary as the last line.
 */
export const jsonl: Reporter = {
  create(options): ReportWriter {
    const line = (row: ReportLine): string => `${toJson(row)}\n`;
    return {
      header: (run) =>
        line({ type: 'header', schemaVersion: SCHEMA_VERSION, tool: { ...run.tool }, run: settingsRow(run) }),
      conversation(event) {
        let text = line({ type: 'conversation', ...conversationRow(event, options.zone) });
        for (const turn of turnRows(event)) text += line({ type: 'turn', ...turn });
        for (const finding of event.findings)
          text += line({ type: 'finding', ...findingRow(finding, event.conversation, options) });
        return text;
      },
      skip: (skip) => line({ type: 'skip', ...skipRow(skip) }),
      customer({ customer, findings }) {
        let text = line({ type: 'customer', ...customerRow(customer, findings, options) });
        for (const finding of findings)
          text += line({ type: 'finding', ...findingRow(finding, null, options) });
        return text;
      },
      *end(report) {
        for (const agent of report.agents) yield line({ type: 'agent', ...agentRow(agent, options) });
        yield line({
          type: 'summary',
          ...summaryRow(report),
          profiles: [...report.run.profiles],
          inputs: report.inputs.map((input) => inputRow(input, options.zone)),
          coverage: report.coverage,
          caseMix: report.caseMix,
          breakdowns: report.breakdowns,
          best: report.best.map((one) => goodTurnRow(one, options)),
          customerFigures: customerFiguresRow(report.customers),
          notices: report.notices.map((notice) => noticeRow(notice, options)),
        });
      },
    };
  },
};
