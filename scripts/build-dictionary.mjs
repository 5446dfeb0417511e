// Writes dist/data: the dictionary that both segmenters load, and the bundled lexicons parsed. Run by `npm run build`
// after the compiler, whose output it uses.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildCompactDictionary,
  dataFolder,
  readJiebaDictionary,
  readTradeWords,
  TABLES,
  termsHash,
  withTerms,
} from '../dist/src/language/dictionary.js';
import { buildLexiconCache, readBundledSource } from '../dist/src/language/load.js';
import { dictionaryTerms, prepareLexicon } from '../dist/src/language/prepare.js';

const folder = dataFolder();
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (name.startsWith('dictionary-')) rmSync(join(folder, name));

const terms = dictionaryTerms(prepareLexicon(await readBundledSource()));
const compact = buildCompactDictionary(readJiebaDictionary(), readTradeWords());
writeFileSync(join(folder, 'compact.txt'), compact);
writeFileSync(join(folder, `dictionary-${termsHash(terms)}.txt`), withTerms(compact, terms));
for (const [name, content] of Object.entries(TABLES)) writeFileSync(join(folder, name), content);
for (const [name, content] of Object.entries(await buildLexiconCache()))
  writeFileSync(join(folder, name), content);
