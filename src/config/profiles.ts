import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { KefuError, type Platform, type Profile } from '../model/index.js';
import { schemaProblemTexts } from '../model/schema-problems.js';
import { packageFile } from './package-files.js';
import type { ProfileFile } from './profile-schema.js';
import { ProfileProblems, resolveProfile } from './resolve-profile.js';

const GENERIC = 'generic';
/** Profile of each platform that has one of its own; all others use `generic`. */
const DEFAULTS: Partial<Record<Platform, string>> = {
  tmall: 'tmall-2025',
  jd: 'jd-2021-12',
  pdd: 'pdd',
  douyin: 'douyin',
  kuaishou: 'kuaishou',
  wecom: 'wecom',
};

/** Ids of the profiles that ship, sorted. */
export async function profileIds(): Promise<string[]> {
  const files = await readdir(packageFile('profiles'));
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -5))
    .sort();
}

/**
 * Reads a shipped profile by id, or one of the user's by path (anything that ends in `.json`).
 * @throws KefuError `config` when there is none of that name or it is not valid
 */
export async function loadProfile(id: string): Promise<Profile> {
  if (id.endsWith('.json')) return parseProfile(await readUserFile(id), id);
  const ids = await profileIds();
  if (!ids.includes(id))
    throw new KefuError('config', { data: { problem: 'unknown-profile', value: id, known: ids } });
  return shippedProfile(id);
}

function shippedProfile(id: string): Profile {
  return resolveProfile(JSON.parse(readFileSync(packageFile(`profiles/${id}.json`), 'utf8')) as ProfileFile);
}

/** The text of a profile's file, for users to copy. @throws KefuError `config` when it cannot be read */
export async function profileText(id: string): Promise<string> {
  return id.endsWith('.json') ? readUserFile(id) : readFile(packageFile(`profiles/${id}.json`), 'utf8');
}

/**
 * Loads the profile that the user chose for everything; else those of the platforms, each when it is first asked for.
 * @returns which profile counts for a platform; `null` is an input of no known platform
 */
export async function loadProfileChooser(
  chosen: string | null,
): Promise<(platform: Platform | null) => Profile> {
  if (chosen !== null) {
    const profile = await loadProfile(chosen);
    return () => profile;
  }
  const generic = shippedProfile(GENERIC);
  const loaded = new Map<string, Profile>([[GENERIC, generic]]);
  return (platform) => {
    if (platform === null) return generic;
    const id = DEFAULTS[platform] ?? GENERIC;
    let profile = loaded.get(id);
    if (profile === undefined) {
      profile = shippedProfile(id);
      loaded.set(id, profile);
    }
    return profile;
  };
}

async function readUserFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new KefuError('config', { file: path, data: { problem: 'unreadable-profile' }, cause });
  }
}

/** A user's profile is checked in full; ours are checked by a test. */
async function parseProfile(text: string, file: string): Promise<Profile> {
  const { profileSchema } = await import('./profile-schema.js');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new KefuError('config', {
      file,
      data: { problem: 'bad-json', value: String((cause as Error).message) },
      cause,
    });
  }
  const parsed = profileSchema.safeParse(json);
  if (!parsed.success) {
    const problems = schemaProblemTexts(parsed.error);
    throw new KefuError('config', { file, data: { problem: 'bad-profile', problems } });
  }
  try {
    return resolveProfile(parsed.data);
  } catch (error) {
    if (!(error instanceof ProfileProblems)) throw error;
    throw new KefuError('config', { file, data: { problem: 'bad-profile', problems: [...error.problems] } });
  }
}
