import { agentNames } from './agent-label.js';
import { careTable } from './care-table.js';
import { csv } from './csv.js';
import { customerFiguresRow, customerRow } from './customer-rows.js';
import { CustomerList, writeCustomer, writeCustomerFigures } from './customer-section.js';
import { findReporter } from './index.js';
import { jsonl } from './jsonl.js';
import { inMemory, LaterRows } from './later.js';
import { line } from './line.js';
import { CUSTOMER_PHRASES } from './messages/customer-phrases.js';
import { fill } from './messages/phrase.js';
import { Page } from './page.js';
import type { Reporter, ReporterEntry, ReportWriter } from './reporter.js';
import { runRow, SCHEMA_VERSION } from './rows.js';
import { styleOf } from './style.js';
import { toJson, visible } from './visible.js';

/*
 * What `kefu-audit customers` writes: the records of customers alone, whole.
 */

const nothing = (): string => '';

/** For people: the totals, then customers one by one with the ledger of their promises. */
const table: Reporter = {
  create(options): ReportWriter {
    const customers = new CustomerList(options.maxShown);
    let count = 0;
    return {
      header: nothing,
      conversation: nothing,
      skip: nothing,
      customer({ customer }) {
        count++;
        customers.add(customer);
        return '';
      },
      end(report) {
        const page = new Page(options, styleOf(options.colorLevel));
        page.lead(
          `${visible(`${report.run.tool.name} ${report.run.tool.version}`)} · ${fill(CUSTOMER_PHRASES.title, options.locale)}`,
          page.style.strong,
        );
        writeCustomerFigures(page, report.customers);
        if (count === 0) page.sentence(fill(CUSTOMER_PHRASES.none, options.locale));
        const names = agentNames(report.agents);
        for (const customer of customers.list()) writeCustomer(page, customer, names, true);
        if (count > customers.list().length) {
          page.add('');
          page.sentence(
            fill(CUSTOMER_PHRASES.shown, options.locale, { count: customers.list().length, total: count }),
            page.style.faint,
          );
        }
        const byAgent = careTable(report.agents, options.locale, options.width);
        if (byAgent.length > 0) {
          page.title(fill(CUSTOMER_PHRASES.byAgent, options.locale));
          page.add(...byAgent);
          page.sentence(fill(CUSTOMER_PHRASES.byAgentNote, options.locale), page.style.faint);
        }
        return [page.toString()];
      },
    };
  },
};

/** One object: the run, the totals, and every customer of whom there is more to tell than one chat. */
const json: Reporter = {
  create(options): ReportWriter {
    const rows = new LaterRows((options.later ?? inMemory)());
    return {
      header: nothing,
      conversation: nothing,
      skip: nothing,
      customer({ customer, findings }) {
        rows.add(toJson(customerRow(customer, findings, options)));
        return '';
      },
      *end(report) {
        yield `{"schemaVersion":${SCHEMA_VERSION},\n"tool":${toJson(report.run.tool)},\n"run":${toJson(runRow(report.run))},\n`;
        yield `"customerFigures":${toJson(customerFiguresRow(report.customers))},\n"customers":[`;
        yield* rows.read();
        yield '}\n';
      },
    };
  },
};

/** The totals, for logs. */
const summary: Reporter = {
  create: (options) => ({
    header: nothing,
    conversation: nothing,
    skip: nothing,
    customer: nothing,
    end(report) {
      const page = new Page({ ...options, width: null }, styleOf(options.colorLevel));
      writeCustomerFigures(page, report.customers);
      return [page.toString().replace(/^ +/gm, '')];
    },
  }),
};

/** Spreadsheets of customers, or of their promises where `--csv-table` says so. */
const customersCsv: Reporter = {
  create: (options) =>
    csv.create({ ...options, csvTable: options.csvTable === 'promises' ? 'promises' : 'customers' }),
};

/** A format of an audit without what it says of single chats. */
function withoutChats(reporter: Reporter): Reporter {
  return { create: (options) => ({ ...reporter.create(options), conversation: nothing, skip: nothing }) };
}

const REPORTERS: Readonly<Record<string, Reporter>> = {
  table,
  summary,
  line: withoutChats(line),
  json,
  jsonl: withoutChats(jsonl),
  csv: customersCsv,
};

/** The format of this name for the records of customers, or null when there is none. */
export function findCustomerReporter(id: string): ReporterEntry | null {
  const entry = findReporter(id);
  const reporter = Object.hasOwn(REPORTERS, id) ? REPORTERS[id]! : null;
  return entry === null || reporter === null ? null : { ...entry, load: async () => reporter };
}
