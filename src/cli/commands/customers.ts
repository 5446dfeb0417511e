import { findCustomerReporter } from '../../report/customers.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';
import { runReporting } from './audit.js';

/**
 * Tells of customers over all their chats: contacts, agents met, what was asked again, promises and what became of them.
 * The same audit as ever stands behind it; it passes whatever it finds.
 */
export function run(context: CommandContext): Promise<ExitCode> {
  return runReporting(context, { find: findCustomerReporter, gated: false });
}
