import type { AgentReport } from '../model/report.js';
import { MISSING } from './figures.js';
import { visible } from './visible.js';

/** What an agent is called: the id, and before it the name where the id does not say it already. */
export function agentLabel({ agentId, agentName }: AgentReport): string {
  if (agentId.includes(agentName)) return visible(agentId || MISSING);
  return visible(agentId === '' ? agentName : `${agentName} (${agentId})`);
}
