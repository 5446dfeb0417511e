import type { AuditOptions } from '../config/options.js';
import { type ResolvedSettings, resolveSettings } from '../config/resolve.js';
import type { Settings } from '../config/settings.js';
import type { CommandContext } from './context.js';
import { colorLevelOf } from './io.js';

/** Settings of this run; from here on messages follow them in language and colour. */
export async function openSession({ flags, io, terminal }: CommandContext): Promise<ResolvedSettings> {
  const resolved = await resolveSettings({ flags, env: io.env, cwd: io.cwd });
  const { settings } = resolved;
  terminal.locale = settings.locale;
  terminal.color = colorLevelOf(settings.color, io.stderr, io.env);
  terminal.debug = settings.debug;
  return resolved;
}

/** What the pipeline needs of the settings. */
export function auditOptionsOf(settings: Settings, { args, io }: CommandContext): AuditOptions {
  return {
    paths: args,
    inputFormat: settings.inputFormat === 'auto' ? null : settings.inputFormat,
    encoding:
      settings.encoding === 'auto' ? null : (settings.encoding as NonNullable<AuditOptions['encoding']>),
    timezone: settings.timezone,
    profile: settings.profile === '' ? null : settings.profile,
    calendar: settings.calendar === '' ? null : settings.calendar,
    columns: Object.keys(settings.columns).length === 0 ? null : settings.columns,
    roles: { agent: settings.agent, customer: settings.customer, bot: settings.bot },
    since: settings.since,
    until: settings.until,
    segmenter: settings.segmenter,
    preset: settings.preset,
    ruleSettings: settings.rules,
    lexicon: { files: settings.lexicon, disabled: settings.lexiconDisabled },
    pages: settings.page,
    stdin: args.includes('-') ? io.stdin : null,
    stdinFilename: settings.stdinFilename,
  };
}
