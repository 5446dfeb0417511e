import type { AgentReport } from '../model/report.js';
import { MISSING } from './figures.js';
import { visible } from './visible.js';

/** Name, and the id too where it says something else. */
export function agentLabel(agent: AgentReport): string {
  const { agentId, agentName } = agent;
  if (agentName === '' || agentName === agentId) return visible(agentId || MISSING);
  return visible(agentId === '' ? agentName : `${agentName} (${agentId})`);
}
