import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Spool } from '../../src/cli/spool.js';

const before = process.env.TMPDIR;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kefu-audit-spool-'));
  process.env.TMPDIR = folder;
});

afterEach(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(folder, { recursive: true });
});

/** Rows of several bytes a character, in lengths that no piece is a multiple of. */
const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => `第${at}行，${'慢😀'.repeat(at % 7)}\n`);

describe('text that waits', () => {
  it.each([0, 3, 400_000])('comes back as it was, %d rows of it, and leaves no file', (count) => {
    const spool = new Spool();
    const all = rows(count);
    for (const row of all) spool.add(row);
    expect([...spool.read()].join('') === all.join('')).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
    spool.discard();
    spool.discard();
  });

  it('fails as output does when there is no room for it', () => {
    process.env.TMPDIR = join(folder, 'gone');
    const spool = new Spool();
    expect(() => {
      for (const row of rows(400_000)) spool.add(row);
    }).toThrow(expect.objectContaining({ code: 'write-failed', file: join(folder, 'gone') }));
    spool.discard();
  });
});
