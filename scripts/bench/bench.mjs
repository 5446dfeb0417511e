/**
 * Speed, measured beside the obvious program (obvious.mjs), in turn on the same files, on one core where `taskset` is
 * there: throughput, peak memory, start-up; medians of several rounds, and ratios, which hold on other machines better
 * than figures do. Beside the seconds that passed stand the seconds of processor time, which other programs on the
 * machine disturb least.
 *
 *   npm run bench -- [--sizes 20,200] [--formats csv,jsonl] [--rounds 3] [--quick]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeCorpus } from './corpus.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '20,200' },
    formats: { type: 'string', default: 'csv,jsonl' },
    rounds: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    dir: { type: 'string', default: join(tmpdir(), 'kefu-audit-bench') },
  },
});
const sizes = (values.quick ? '20' : values.sizes).split(',').map(Number);
const formats = values.formats.split(',');
const rounds = Number(values.rounds);
const pin = spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [];

/** Runs a Node program to its end: seconds passed, seconds of processor time, peak resident memory in MB. */
function run(args) {
  return new Promise((resolve, reject) => {
    const [command, ...rest] = [...pin, process.execPath, '--import', usageReporter, ...args];
    const started = process.hrtime.bigint();
    const child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      const used = /used=(\d+),(\d+)/.exec(errors);
      if (code !== 0) reject(new Error(`${args.join(' ')} ended with ${code}: ${errors.slice(0, 2000)}`));
      else resolve({ seconds, cpu: Number(used?.[1] ?? 0) / 1e6, megabytes: Number(used?.[2] ?? 0) / 1024 });
    });
  });
}

/** Loaded into every measured process: says at exit what it used, so that no tool outside Node is needed. */
const usageReporter = `data:text/javascript,${encodeURIComponent(
  "process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('used='+(u.userCPUTime+u.systemCPUTime)+','+u.maxRSS+'\\n')})",
)}`;

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const medians = (runs) => ({
  seconds: median(runs.map((one) => one.seconds)),
  cpu: median(runs.map((one) => one.cpu)),
  megabytes: median(runs.map((one) => one.megabytes)),
});
const show = (cells, widths) =>
  console.log(cells.map((cell, n) => String(cell).padStart(widths[n])).join('  '));

mkdirSync(values.dir, { recursive: true });
const empty = join(values.dir, 'empty.mjs');
writeFileSync(empty, '');
const tool = 'bin/kefu-audit.js';

console.log(
  `node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${pin.length ? 'one core' : 'all cores'}, ${rounds} rounds in turn, medians\n`,
);
const widths = [12, 8, 8, 8, 8, 9, 8, 8, 7, 7];
show(
  ['input', 'tool s', 'cpu s', 'MB/s', 'peak MB', 'obvious s', 'cpu s', 'peak MB', 'ratio', 'cpu'],
  widths,
);
for (const size of sizes) {
  for (const format of formats) {
    const file = join(values.dir, `corpus-${size}.${format}`);
    if (!existsSync(file)) await writeCorpus(file, format, size * 1e6, 20261122);
    const megabytes = statSync(file).size / 1e6;
    const ours = [];
    const theirs = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(await run([tool, file, '--fail-on', 'none', '--no-progress']));
      theirs.push(await run(['scripts/bench/obvious.mjs', file]));
    }
    const [us, them] = [ours, theirs].map(medians);
    show(
      [
        `${size} MB ${format}`,
        us.seconds.toFixed(2),
        us.cpu.toFixed(2),
        (megabytes / us.seconds).toFixed(1),
        us.megabytes.toFixed(0),
        them.seconds.toFixed(2),
        them.cpu.toFixed(2),
        them.megabytes.toFixed(0),
        `${(them.seconds / us.seconds).toFixed(1)}x`,
        `${(them.cpu / us.cpu).toFixed(1)}x`,
      ],
      widths,
    );
  }
}

console.log('\nstart-up, against an empty Node process');
const small = join(values.dir, 'turns-1000.csv');
if (!existsSync(small)) await writeCorpus(small, 'csv', 115_000, 7);
const starts = {
  'empty process': [],
  '--help': [],
  '1,000 turns, node-rs': [],
  '1,000 turns, nodejieba': [],
};
const audit = [tool, small, '--fail-on', 'none', '--no-progress', '--segmenter'];
for (let round = 0; round < Math.max(rounds, 5); round++) {
  starts['empty process'].push(await run([empty]));
  starts['--help'].push(await run([tool, '--help']));
  starts['1,000 turns, node-rs'].push(await run([...audit, 'node-rs']));
  // nodejieba has to be compiled, and may not be installed.
  await run([...audit, 'nodejieba']).then(
    (one) => starts['1,000 turns, nodejieba'].push(one),
    () => undefined,
  );
}
const least = medians(starts['empty process']);
for (const [name, runs] of Object.entries(starts)) {
  if (runs.length === 0) continue;
  const { seconds, cpu, megabytes } = medians(runs);
  console.log(
    `${name.padEnd(24)} ${seconds.toFixed(3)} s  ${(seconds / least.seconds).toFixed(2)}x   cpu ${cpu.toFixed(3)} s  ${(cpu / least.cpu).toFixed(2)}x   ${megabytes.toFixed(0)} MB`,
  );
}
