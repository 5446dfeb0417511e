import { link, readFile, symlink } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { eventsOf, folderOf, optionsOf, zipOf } from './support.js';

const CHAT = '#chat\n小满|在\n';

/** The names that were read before the run was refused, if it was. */
async function read(paths: string[], writes: string[]): Promise<string[] | 'refused'> {
  try {
    const events = await eventsOf(paths, { ...optionsOf(), writes });
    return events.flatMap((event) =>
      event.type === 'input-end' ? [event.input.file.replace(/^.*\//, '')] : [],
    );
  } catch (error) {
    expect(error).toMatchObject({ code: 'usage', data: { problem: 'output-is-input' } });
    return 'refused';
  }
}

describe('what the run is going to write', () => {
  it('is never read, by whatever name', async () => {
    const folder = await folderOf({
      'chat.txt': CHAT,
      'packed.txt.gz': gzipSync(CHAT),
      'archive.zip': zipOf([{ name: 'chat.txt', content: CHAT }]),
    });
    const at = (name: string) => `${folder}/${name}`;
    await symlink('chat.txt', at('link.txt'));
    for (const [path, write] of [
      ['chat.txt', 'chat.txt'],
      ['chat.txt', './chat.txt'],
      ['chat.txt', 'link.txt'],
      ['link.txt', 'chat.txt'],
      ['*.txt', 'chat.txt'],
      ['packed.txt.gz', 'packed.txt.gz'],
      ['archive.zip', 'archive.zip'],
      ['', 'chat.txt'],
      ['', 'packed.txt.gz'],
      ['', 'archive.zip'],
    ]) {
      expect(await read([at(path!)], [at(write!)]), `${path} → ${write}`).toBe('refused');
    }
  });

  it('may be a file that was named and is no export no more than one that is', async () => {
    const folder = await folderOf({
      'chat.txt': CHAT,
      'notes.txt': '买菜\n',
      'picture.png': '\u0000\u0001\u0002',
    });
    for (const name of ['notes.txt', 'picture.png']) {
      expect(await read([`${folder}/chat.txt`, `${folder}/${name}`], [`${folder}/${name}`])).toBe('refused');
    }
  });

  it('may lie in a folder that is read as long as it is no export', async () => {
    const folder = await folderOf({
      'chat.txt': CHAT,
      'report.txt': 'kefu-audit 0.1.0 · 44 个会话，20 位客服\n',
    });
    expect(await read([folder], [`${folder}/report.txt`])).toEqual(['chat.txt']);
    expect(await read([folder], [`${folder}/new.txt`])).toEqual(['chat.txt']);
  });

  it('may be another name of an input: the input keeps its own', async () => {
    const folder = await folderOf({ 'chat.txt': CHAT });
    await link(`${folder}/chat.txt`, `${folder}/other.txt`);
    expect(await read([`${folder}/chat.txt`], [`${folder}/other.txt`])).toEqual(['chat.txt']);
    expect(await readFile(`${folder}/chat.txt`, 'utf8')).toBe(CHAT);
  });
});
