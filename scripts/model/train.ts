/**
 * Trains the models behind `abuse/suspected` and `customer-abuse/suspected` on the lines of this folder and writes them
 * to lexicons/: `npx tsx scripts/model/train.ts`. The same lines give the same file on every machine.
 *
 *   --check        write nothing; exit with 1 when the file is not what the lines give
 *   --validate     hold lines out, template by template, and say what the model makes of them
 *   --also FILE    train on JSON Lines of `{text, label}` besides (label 1: offensive), COLDataset for one
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MODEL_FILES } from '../../src/language/load.js';
import { heldOutScores, modelFile, readLines, readOthers, thresholdTable } from './model.js';

const { values: flags } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    validate: { type: 'boolean', default: false },
    also: { type: 'string' },
  },
});
if (flags.also !== undefined && !existsSync(flags.also)) {
  console.error(`SKIPPED: there is no ${flags.also}; trained on the lines of this folder alone.`);
}
const others = flags.also !== undefined && existsSync(flags.also) ? readOthers(flags.also) : [];
for (const side of ['agent', 'customer'] as const) {
  const lines = readLines(side);
  console.log(
    `${side}: ${lines.filter(({ label }) => label === 1).length} abusive lines, ${lines.filter(({ label }) => label === -1).length} harmless ones, ${others.length} of others`,
  );
  if (flags.validate) {
    console.log(thresholdTable(side, lines, heldOutScores(lines, others)));
    continue;
  }
  const file = new URL(`../../lexicons/${MODEL_FILES[side]}`, import.meta.url);
  const made = modelFile(side, lines, others);
  if (!flags.check) writeFileSync(file, made);
  else if (readFileSync(file, 'utf8') !== made) {
    console.error(
      `lexicons/${MODEL_FILES[side]} is not what the lines give: run npx tsx scripts/model/train.ts`,
    );
    process.exitCode = 1;
  }
}
