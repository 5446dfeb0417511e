/**
 * Measures how well the rules judge: `npm run accuracy`, on the labelled turns of fixtures/eval and, with `--data DIR`,
 * on labelled data kept elsewhere (docs/accuracy.md describes its shapes).
 *
 *   --data DIR     folder with `dialogues/*.jsonl` and `labels/*.jsonl`
 *   --split a|b    only one half of each file: tune on one, look at the other
 *   --wrong        list the cases that were judged otherwise than they are labelled
 *   --groups       figures of each group of the samples as well
 *   --only TEXT    only figures whose name contains the text
 *   --preset NAME  the rules to judge by, default recommended
 *   --without ID   leave a rule out, to see what it adds
 *   --write        write the figures into docs/accuracy.md
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadProfile } from '../src/config/profiles.js';
import { type LabelledTurn, readLabelLines } from '../src/eval/label-lines.js';
import { labelsError } from '../src/eval/labels.js';
import { loadLexicon } from '../src/language/load.js';
import { Zone } from '../src/model/index.js';
import { createEngine } from '../src/rules/engine.js';
import { RULES } from '../src/rules/registry.js';
import { halfOf, readDialogues, readTurns, readUtterances, type Split } from './accuracy/corpora.js';
import { type Figure, Measure } from './accuracy/figures.js';
import { markdownTable, passes, printFigures } from './accuracy/print.js';

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    split: { type: 'string' },
    wrong: { type: 'boolean', default: false },
    groups: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    preset: { type: 'string', default: 'recommended' },
    without: { type: 'string', multiple: true, default: [] },
    write: { type: 'boolean', default: false },
  },
});
if (flags.split !== undefined && flags.split !== 'a' && flags.split !== 'b') {
  console.error('--split takes a or b');
  process.exit(2);
}
if (
  flags.write &&
  (flags.split !== undefined ||
    flags.only !== '' ||
    flags.preset !== 'recommended' ||
    flags.without.length > 0)
) {
  console.error('--write is for whole runs of the recommended rules');
  process.exit(2);
}
const split: Split = flags.split ?? null;

const zone = new Zone('Asia/Shanghai');
const profile = await loadProfile('generic');
const lexicon = await loadLexicon();
const engine = createEngine({
  lexicon,
  profile: () => profile,
  zone,
  preset: flags.preset,
  ruleSettings: Object.fromEntries(flags.without.map((id) => [id, 'off' as const])),
});
const measure = new Measure(engine, { profile, zone });

const ofFixtures = measureFixtures();
const ofData = flags.data === undefined ? [] : measureData(flags.data);
const shown = [...ofFixtures, ...ofData].filter(
  ({ name, group }) => name.includes(flags.only) && (flags.groups || group === undefined),
);
printFigures(shown, flags.wrong);
if (flags.write) {
  const measured = `Measured ${new Date().toISOString().slice(0, 10)}, lexicon of ${lexicon.entryCount} entries \`${lexicon.hash}\`.`;
  writeBlock('fixtures', measured, ofFixtures);
  if (ofData.length > 0) writeBlock('data', measured, ofData);
}
if (shown.some((figure) => !passes(figure))) process.exitCode = 1;

/** Figures of the samples that ship with the sources. A single annotator's 1 is unsure here: the bar is 1.5. */
function measureFixtures(): Figure[] {
  const folder = new URL('../fixtures/eval/', import.meta.url);
  const ids = new Set(RULES.map(({ meta }) => meta.id));
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => {
      const file = fileURLToPath(new URL(name, folder));
      const text = readFileSync(file, 'utf8');
      const lines = text.split('\n');
      const turns = [
        ...readLabelLines(text, name, { profile, zone }, ids, (problem) => {
          throw labelsError([problem]);
        }),
      ].map((turn) => ({
        ...turn,
        source: lines[turn.conversation.messages[0]!.source.line - 1]!,
      }));
      const chosen = split === null ? turns : turns.filter((turn) => halfOf(textOf(turn)) === split);
      const heldOut = chosen.filter(({ source }) => /"part": ?"held-out"/.test(source));
      const title = name.replace('.jsonl', '');
      return [
        ...measure.samples(title, chosen),
        ...(heldOut.length === 0 ? [] : measure.samples(`${title}, held out`, heldOut)),
      ];
    });
}

/** Puts a table of figures between its marks in docs/accuracy.md. */
function writeBlock(name: string, measured: string, figures: readonly Figure[]): void {
  const file = new URL('../docs/accuracy.md', import.meta.url);
  const [start, end] = [`<!-- figures: ${name} -->`, `<!-- end: ${name} -->`];
  const text = readFileSync(file, 'utf8');
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/accuracy.md has no marks for ${name}`);
  writeFileSync(
    file,
    `${text.slice(0, from + start.length)}\n${measured}\n\n${markdownTable(figures)}\n${text.slice(to)}`,
  );
}

function textOf({ conversation, targets }: LabelledTurn): string {
  return conversation.messages[targets[0]!]!.text;
}

/** Every figure that the folder has data for; what it has none for is said aloud and skipped. */
function measureData(data: string): Figure[] {
  if (!existsSync(data)) {
    console.error(`SKIPPED: there is no folder ${data}; nothing was measured on it.`);
    return [];
  }
  const figures: Figure[] = [];
  const add = <Lines>(what: string, lines: Lines | null, figure: (lines: Lines) => Figure[]) => {
    if (lines === null) console.error(`SKIPPED: the folder has no ${what}.`);
    else figures.push(...figure(lines));
  };
  const dialogues = readDialogues(data, split);
  add('dialogues', dialogues, (all) => measure.dialogueAlarms(all));
  add('labels/hard_negatives', readUtterances(data, 'hard_negatives', 'agent', split), (lines) =>
    measure.hardNegatives(lines),
  );
  add('labels/agent', readUtterances(data, 'agent', 'agent', split), (lines) => measure.agent(lines));
  add('labels/turns', readTurns(data, split), (lines) => measure.turns(lines));
  add('labels/dontknow', readUtterances(data, 'dontknow', 'agent', split), (lines) =>
    measure.dontKnow(lines),
  );
  add('labels/customer', readUtterances(data, 'customer', 'customer', split), (lines) =>
    measure.customer(lines),
  );
  const asked = (dialogues ?? []).filter(({ satisfaction }) => satisfaction !== null);
  add('dialogues with satisfaction', asked.length === 0 ? null : asked, (all) => measure.satisfaction(all));
  if (dialogues !== null) figures.push(...measure.dismissiveRates(dialogues));
  return figures;
}
