import { expect, it } from 'vitest';
import { kefuAudit } from '../support/cli.js';

/** Chats beside each other, more messages than are held open, and now and then a record that cannot be used. */
function log(): Buffer {
  const lines: string[] = [];
  for (let n = 0; n < 12_000; n++) {
    const chat = Math.floor(n / 400) * 40 + (n % 40);
    const time = new Date(Date.UTC(2026, 2, 1) + n * 10_000).toISOString();
    const role = n % 80 < 40 ? 'customer' : 'agent';
    lines.push(JSON.stringify({ conversation: `c${chat}`, role, text: `第${n}件`, time, speaker: role }));
    if (n % 997 === 0) lines.push(JSON.stringify({ conversation: `c${chat}`, role }));
  }
  return Buffer.from(lines.join('\n'));
}

it('gives the same bytes, however a pipe cuts its input', async () => {
  const bytes = log();
  const run = async (size: number) => {
    const stdin = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
      bytes.subarray(n * size, (n + 1) * size),
    );
    return kefuAudit(['audit', '-', '-f', 'jsonl', '--fail-on', 'none'], { stdin });
  };
  const whole = await run(bytes.length);
  expect(whole.stdout.split('\n').filter((line) => line.startsWith('{"type":"skip"'))).toHaveLength(13);
  for (const size of [997, 65_537]) expect((await run(size)).stdout === whole.stdout).toBe(true);
});
