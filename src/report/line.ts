import { renderMessage } from '../model/catalogue.js';
import type { Finding } from '../model/finding.js';
import type { Reporter, ReportWriter } from './reporter.js';
import { visible } from './visible.js';

/**
 * One line a finding, as compilers write them: `file:line: severity ruleId agent message`. The words for the severity
 * are the same in every language, since programs read them.
 */
export const line: Reporter = {
  create(options): ReportWriter {
    const { catalogue, locale, mask } = options;
    const lines = ({ findings }: { findings: readonly Finding[] }): string => {
      let text = '';
      for (const finding of findings) {
        const { file, line: at } = finding.source;
        const message = renderMessage(catalogue, finding, locale);
        const words = [
          `${file}:${at}:`,
          finding.severity,
          finding.ruleId,
          finding.agentId || '-',
          mask === null ? message : mask(message),
        ];
        text += `${words.map(visible).join(' ')}\n`;
      }
      return text;
    };
    return {
      header: () => '',
      conversation: lines,
      customer: lines,
      skip: () => '',
      end: () => [],
    };
  },
};
