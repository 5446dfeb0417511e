import { relative } from 'node:path';
import { KefuError } from '../model/errors.js';
import { findConfig, loadConfig, mergeRule } from './load.js';
import { nearest } from './nearest.js';
import { DEFAULTS, type Settings } from './settings.js';

export interface ResolveInput {
  /** What the command line said. `config`: a file, or false for none. */
  flags: Partial<Settings> & { config?: string | false };
  /** `KEFU_AUDIT_CONFIG`, `KEFU_AUDIT_LOCALE` and `KEFU_AUDIT_COLOR` are read, nothing else. */
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
}

export interface ResolvedSettings {
  settings: Settings;
  /**
   * Where each value is from: `default`, a config file, `KEFU_AUDIT_…` or `command line`. Rules and columns have an
   * origin each: `rules.<id>`.
   */
  origins: ReadonlyMap<string, string>;
  /** The config file that was used, or null. */
  configFile: string | null;
}

/** Origin of values that were given as flags. */
export const FROM_FLAGS = 'command line';
export const FROM_DEFAULTS = 'default';

/**
 * Settings of a run: flags > environment > config file > defaults.
 *
 * @throws ConfigError with everything that is wrong in config files; KefuError `usage` for a wrong environment variable
 */
export async function resolveSettings({ flags, env, cwd }: ResolveInput): Promise<ResolvedSettings> {
  const { config: wanted = env.KEFU_AUDIT_CONFIG || undefined, ...given } = flags;
  const settings: Settings = structuredClone(DEFAULTS) as Settings;
  const origins = new Map<string, string>(Object.keys(settings).map((key) => [key, FROM_DEFAULTS]));
  const configFile = wanted === false ? null : (wanted ?? (await findConfig(cwd)));
  if (configFile !== null) {
    const loaded = await loadConfig(configFile, cwd);
    Object.assign(settings, loaded.values);
    for (const [key, origin] of loaded.origins) origins.set(key, origin);
  }
  fromEnvironment(settings, origins, env);
  const { rules, columns, ...plain } = given;
  for (const [key, value] of Object.entries(plain)) {
    if (value === undefined) continue;
    Object.assign(settings, { [key]: value });
    origins.set(key, FROM_FLAGS);
  }
  settings.columns = { ...settings.columns, ...columns };
  for (const field of Object.keys(columns ?? {})) origins.set(`columns.${field}`, FROM_FLAGS);
  settings.rules = { ...settings.rules };
  for (const [id, setting] of Object.entries(rules ?? {})) {
    settings.rules[id] = mergeRule(settings.rules[id], setting);
    origins.set(`rules.${id}`, FROM_FLAGS);
  }
  return {
    settings,
    origins,
    configFile: configFile === null ? null : relative(cwd, configFile) || configFile,
  };
}

function fromEnvironment(settings: Settings, origins: Map<string, string>, env: ResolveInput['env']): void {
  const choose = (name: string, key: 'locale' | 'color', choices: readonly string[]) => {
    const value = env[name];
    if (value === undefined || value === '') return;
    if (!choices.includes(value)) {
      throw new KefuError('usage', {
        data: {
          problem: 'bad-value',
          option: name,
          value,
          expected: 'one-of',
          choices: [...choices],
          suggestions: nearest(value, choices),
        },
      });
    }
    Object.assign(settings, { [key]: value });
    origins.set(key, name);
  };
  choose('KEFU_AUDIT_LOCALE', 'locale', ['zh', 'en']);
  choose('KEFU_AUDIT_COLOR', 'color', ['auto', 'always', 'never']);
}
