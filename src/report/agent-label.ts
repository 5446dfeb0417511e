import type { AgentReport } from '../model/report.js';
import { MISSING } from './figures.js';
import { columnsOf, cutMiddle } from './layout.js';
import { visible } from './visible.js';

type Named = Pick<AgentReport, 'agentId' | 'agentName'>;

/** What an agent is called: the id, and before it the name where the id does not say it already. */
export function agentLabel({ agentId, agentName }: Named): string {
  if (agentId.includes(agentName)) return visible(agentId || MISSING);
  return visible(agentId === '' ? agentName : `${agentName} (${agentId})`);
}

/** What agents are called in running text, by id: the name, or the whole label where another agent has that name too. */
export function agentNames(agents: readonly Named[]): ReadonlyMap<string, string> {
  const bearers = bearersOf(agents);
  return new Map(
    agents.map((agent) => {
      const { agentId, agentName } = agent;
      return [agentId, agentName !== '' && bearers.get(agentName) === 1 ? agentName : agentLabel(agent)];
    }),
  );
}

function bearersOf(agents: readonly Named[]): Map<string, number> {
  const bearers = new Map<string, number>();
  for (const { agentName } of agents) bearers.set(agentName, (bearers.get(agentName) ?? 0) + 1);
  return bearers;
}

/**
 * Labels that fit into `columns` and still tell agents apart as well as they can: the id behind a name goes first,
 * where no other agent has that name, then the middle, since accounts of one shop begin alike and many ids end alike.
 */
export function agentLabelsWithin(agents: readonly Named[], columns: number): string[] {
  const bearers = bearersOf(agents);
  return agents.map((agent) => {
    const label = agentLabel(agent);
    if (columnsOf(label) <= columns) return label;
    const name = visible(agent.agentName);
    const alone = bearers.get(agent.agentName) === 1 && columnsOf(name) > 0;
    return cutMiddle(alone && columnsOf(name) < columnsOf(label) ? name : label, columns);
  });
}
