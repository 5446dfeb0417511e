/**
 * Speed, measured beside the obvious program (obvious.mjs), in turn on the same files, on one core where `taskset` is
 * there: throughput, peak memory, start-up; medians of several rounds, and ratios, which hold on other machines better
 * than figures do.
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

/** Runs a Node program to its end: seconds, peak resident memory in MB, exit code. */
function run(args) {
  return new Promise((resolve, reject) => {
    const [command, ...rest] = [...pin, process.execPath, '--import', peakReporter, ...args];
    const started = process.hrtime.bigint();
    const child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      const peak = /peak-rss-kb=(\d+)/.exec(errors);
      if (code !== 0) reject(new Error(`${args.join(' ')} ended with ${code}: ${errors.slice(0, 2000)}`));
      else resolve({ seconds, megabytes: Number(peak?.[1] ?? 0) / 1024 });
    });
  });
}

/** Loaded into every measured process: says its own peak memory at exit, so that no tool outside Node is needed. */
const peakReporter = `data:text/javascript,${encodeURIComponent(
  "process.on('exit',()=>{process.stderr.write('peak-rss-kb='+process.resourceUsage().maxRSS+'\\n')})",
)}`;

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const show = (cells, widths) =>
  console.log(cells.map((cell, n) => String(cell).padStart(widths[n])).join('  '));

mkdirSync(values.dir, { recursive: true });
const empty = join(values.dir, 'empty.mjs');
writeFileSync(empty, '');
const tool = 'bin/kefu-audit.js';
const results = [];

console.log(
  `node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${pin.length ? 'one core' : 'all cores'}, ${rounds} rounds in turn, medians\n`,
);
const widths = [12, 10, 10, 10, 10, 10, 9];
show(['input', 'tool s', 'MB/s', 'peak MB', 'obvious s', 'peak MB', 'ratio'], widths);
for (const size of sizes) {
  for (const format of formats) {
    const file = join(values.dir, `corpus-${size}.${format}`);
    if (!existsSync(file)) await writeCorpus(file, format, size * 1e6, 20261122);
    const bytes = statSync(file).size;
    const ours = [];
    const theirs = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(await run([tool, file, '--fail-on', 'none', '--no-progress']));
      theirs.push(await run(['scripts/bench/obvious.mjs', file]));
    }
    const seconds = median(ours.map((one) => one.seconds));
    const obvious = median(theirs.map((one) => one.seconds));
    const row = {
      input: `${size} MB ${format}`,
      seconds,
      megabytesPerSecond: bytes / 1e6 / seconds,
      peak: median(ours.map((one) => one.megabytes)),
      obviousSeconds: obvious,
      obviousPeak: median(theirs.map((one) => one.megabytes)),
      ratio: obvious / seconds,
    };
    results.push(row);
    show(
      [
        row.input,
        row.seconds.toFixed(2),
        row.megabytesPerSecond.toFixed(1),
        row.peak.toFixed(0),
        row.obviousSeconds.toFixed(2),
        row.obviousPeak.toFixed(0),
        `${row.ratio.toFixed(1)}x`,
      ],
      widths,
    );
  }
}

console.log('\nstart-up, against an empty Node process');
const small = join(values.dir, 'turns-1000.csv');
if (!existsSync(small)) await writeCorpus(small, 'csv', 115_000, 7);
const starts = { empty: [], help: [], 'jieba-rs': [], nodejieba: [] };
for (let round = 0; round < Math.max(rounds, 5); round++) {
  starts.empty.push((await run([empty])).seconds);
  starts.help.push((await run([tool, '--help'])).seconds);
  for (const segmenter of ['jieba-rs', 'nodejieba']) {
    try {
      starts[segmenter].push(
        (await run([tool, small, '--fail-on', 'none', '--segmenter', segmenter])).seconds,
      );
    } catch (error) {
      if (segmenter === 'jieba-rs') throw error; // nodejieba may not be installed
    }
  }
}
for (const [name, list] of Object.entries(starts)) {
  if (list.length === 0) continue;
  const label = name === 'empty' ? 'empty process' : name === 'help' ? '--help' : `1,000 turns, ${name}`;
  console.log(
    `${label.padEnd(24)} ${median(list).toFixed(3)} s  ${(median(list) / median(starts.empty)).toFixed(2)}x`,
  );
}
