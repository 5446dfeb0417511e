import { beforeAll, describe, expect, it } from 'vitest';
import { type Finding, messageIdOf, SEVERITIES } from '../../src/model/index.js';
import { type Audited, roleCounts, run } from './run.js';
import { type ExpectedFinding, STORIES } from './stories.js';

describe.each(STORIES)('story: $title', (story) => {
  let audited: Audited;

  beforeAll(async () => {
    audited = await run(story.paths);
  });

  it('is read whole, message by message', () => {
    const { coverage } = audited.report;
    expect(coverage).toMatchObject({
      messageCount: story.messages,
      duplicateCount: story.duplicates,
      skipCount: 0,
      brokenByteCount: story.brokenBytes,
      untimedCount: 0,
    });
    expect(roleCounts(audited.report)).toEqual(story.roles);
  });

  it('is cut into its conversations', () => {
    expect(audited.report.summary.conversationCount).toBe(story.conversations);
    const kept = audited.conversations.reduce((sum, conversation) => sum + conversation.messages.length, 0);
    expect(kept).toBe(story.messages - story.duplicates);
  });

  it('names its agents', () => {
    expect(audited.report.agents.map((agent) => agent.agentName).sort()).toEqual([...story.agents].sort());
  });

  it.each(story.finds)('finds $rule: $quote', (expected) => {
    const found = audited.findings.filter((finding) => matches(finding, expected));
    expect(found.length).toBeGreaterThan(0);
    if (expected.provoked) expect(found.map((finding) => finding.data.provoked)).toContain(true);
  });

  it('leaves the others alone', () => {
    const marked = audited.findings
      .filter((finding) => /^(?:abuse|dismissive)\//.test(finding.ruleId))
      .filter((finding) => story.clean.includes(nameOf(finding.agentId)))
      .map(describeFinding);
    expect(marked).toEqual([]);
  });

  it('calls nothing abuse that is none', () => {
    const others = audited.findings
      .filter((finding) => finding.ruleId.startsWith('abuse/'))
      .filter((finding) => {
        const quotes = story.onlyAbuse[nameOf(finding.agentId)] ?? [];
        return !quotes.some((quote) => finding.evidence.some(({ text }) => overlaps(text, quote)));
      })
      .map(describeFinding);
    expect(others).toEqual([]);
  });

  it('measures the waits', () => {
    const waits = audited.conversations.flatMap((conversation) =>
      conversation.waits.map((wait) => `${nameOf(wait.agentId)} ${(wait.waitMs ?? Number.NaN) / 1000}`),
    );
    for (const { agent, seconds } of story.waits) expect(waits).toContain(`${agent} ${seconds}`);
  });

  it('shows the abuse endured, and never in a score', () => {
    for (const { agent, turns, minutes } of story.exposure) {
      const { exposure } = audited.report.agents.find(({ agentName }) => agentName === agent)!;
      expect(exposure.turnCount).toBeGreaterThanOrEqual(turns);
      expect(exposure.durationMs ?? 0).toBeGreaterThanOrEqual(minutes * 60_000);
      expect(exposure.longestMs).toBe(exposure.durationMs);
    }
    const kept = audited.report.agents.filter(({ exposure }) => exposure.noBusiness.conversationCount > 0);
    expect(kept.map(({ agentName }) => agentName)).toEqual(story.company ?? []);
    if (story.exposure.length === 0) {
      expect(audited.report.agents.filter((agent) => agent.exposure.turnCount > 0)).toEqual([]);
    }
  });

  it('quotes every piece of evidence verbatim', () => {
    const texts = new Map<string, string>();
    for (const conversation of audited.conversations) {
      conversation.messages.forEach(({ text }, index) => {
        texts.set(messageIdOf(conversation, index), text);
      });
    }
    const ids = audited.conversations.map(({ id }) => id);
    for (const finding of audited.findings) {
      expect(ids).toContain(finding.conversationId);
      for (const { messageId, span, text } of finding.evidence)
        expect(texts.get(messageId)?.slice(...span)).toBe(text);
    }
  });

  function nameOf(agentId: string): string {
    return audited.report.agents.find((agent) => agent.agentId === agentId)?.agentName ?? agentId;
  }

  function matches(finding: Finding, expected: ExpectedFinding): boolean {
    const rules = Array.isArray(expected.rule) ? expected.rule : [expected.rule];
    if (!rules.includes(finding.ruleId) || nameOf(finding.agentId) !== expected.agent) return false;
    const atLeast = SEVERITIES.indexOf(expected.atLeast ?? 'warning');
    if (SEVERITIES.indexOf(finding.severity) > atLeast) return false;
    if (finding.evidence.length > 0)
      return finding.evidence.some(({ text }) => text.includes(expected.quote));
    const conversation = audited.conversations.find(({ id }) => id === finding.conversationId)!;
    const turn = conversation.turns[finding.turnIndex]!;
    return turn.messageIndexes.some((index) => conversation.messages[index]!.text.includes(expected.quote));
  }

  function describeFinding(finding: Finding): string {
    const quotes = finding.evidence.map(({ text }) => text).join(' … ');
    return `${finding.ruleId} ${nameOf(finding.agentId)} ${quotes}`;
  }
});

function overlaps(a: string, b: string): boolean {
  return a.includes(b) || b.includes(a);
}
