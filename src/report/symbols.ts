import type { Severity } from '../model/finding.js';

export const SEVERITY_SYMBOL: Record<Severity, string> = { error: '✖', warning: '⚠', info: 'ℹ' };
export const GOOD_SYMBOL = '✓';
