/**
 * Where the time of an audit goes: the same file read as far as messages, as far as conversations, judged as well, and
 * audited wholly, each in a process of its own. Processor seconds.
 *
 *   npm run build && node scripts/bench/stages.mjs [FILE]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { audit, openEngine, readConversations } from '../../dist/src/audit.js';
import { resolveAuditOptions } from '../../dist/src/config/options.js';
import { loadProfileChooser } from '../../dist/src/config/profiles.js';
import { ingest } from '../../dist/src/ingest/ingest.js';
import { Zone } from '../../dist/src/model/index.js';
import { AuditTally } from '../../dist/src/score/audit-tally.js';
import { writeCorpus } from './corpus.mjs';

const STAGES = {
  async messages(path) {
    const options = resolveAuditOptions({ paths: [path] });
    const zone = new Zone(options.timezone);
    let count = 0;
    for await (const event of ingest(options.paths, { ...options, zone })) {
      if (event.type === 'batch') count += event.batch.messages.length;
    }
    return count;
  },
  async conversations(path) {
    let count = 0;
    for await (const conversation of conversationsOf(path)) count += conversation.messages.length;
    return count;
  },
  async judged(path) {
    const options = resolveAuditOptions({ paths: [path] });
    const { engine } = await openEngine(
      options,
      new Zone(options.timezone),
      await loadProfileChooser(options.profile),
    );
    let count = 0;
    for await (const conversation of conversationsOf(path)) {
      engine.judge(conversation);
      count += conversation.messages.length;
    }
    return count;
  },
  async audited(path) {
    let count = 0;
    for await (const event of audit({ paths: [path] })) {
      if (event.type === 'conversation') count += event.conversation.messages.length;
    }
    return count;
  },
};

async function* conversationsOf(path) {
  const options = resolveAuditOptions({ paths: [path] });
  const zone = new Zone(options.timezone);
  const profileFor = await loadProfileChooser(options.profile);
  for await (const event of readConversations(options, zone, profileFor, new AuditTally(zone))) {
    if (event.type === 'conversation') yield event.conversation;
  }
}

const [path, stage] = process.argv.slice(2);
if (stage !== undefined) {
  const count = await STAGES[stage](path);
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  console.log(JSON.stringify({ count, seconds: (userCPUTime + systemCPUTime) / 1e6 }));
} else {
  const folder = join(tmpdir(), 'kefu-audit-bench');
  mkdirSync(folder, { recursive: true });
  const file = path ?? join(folder, 'corpus-20.csv');
  if (!existsSync(file)) await writeCorpus(file, 'csv', 20e6, 20261122);
  for (const name of Object.keys(STAGES)) {
    const run = spawnSync(process.execPath, [fileURLToPath(import.meta.url), file, name], {
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(`${name}: ${run.stderr}`);
    const { count, seconds } = JSON.parse(run.stdout);
    console.log(
      `${name.padEnd(14)} ${seconds.toFixed(2)} s  ${((seconds / count) * 1e6).toFixed(1)} microseconds a message`,
    );
  }
}
