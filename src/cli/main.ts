import type { Services } from './context.js';
import type { ExitCode } from './exit.js';
import { helpTopic, renderHelp } from './help.js';
import { helpWidthOf, type Io, processIo, swallowStreamErrors } from './io.js';
import type { Locale } from './options.js';
import { StreamSink } from './stream-sink.js';

/** Runs the command line of this process; the exit code is set, never forced, so that all output gets out. */
export async function run(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), processIo());
}

/**
 * The command line as a function of its arguments and surroundings.
 *
 * Help and the version are answered here, from tables alone. Everything else is loaded when it is needed: what this
 * file imports is what `--help` costs.
 *
 * @param argv arguments without the program's name
 * @param services what tests put in place of the real thing
 */
export async function main(
  argv: readonly string[],
  io: Io,
  services: Partial<Services> = {},
): Promise<ExitCode> {
  swallowStreamErrors(io.stdout);
  swallowStreamErrors(io.stderr);
  const locale = earlyLocale(argv, io.env);
  const text = await answer(argv, io, locale);
  if (text === null) {
    const { dispatch } = await import('./dispatch.js');
    return dispatch(argv, io, locale, services);
  }
  try {
    const out = new StreamSink(io.stdout);
    await out.write(text);
    await out.commit();
    return 0;
  } catch (error) {
    const { failEarly } = await import('./dispatch.js');
    return failEarly(error, io, locale);
  }
}

/** Help or the version, or null when something else is asked for. */
async function answer(argv: readonly string[], io: Io, locale: Locale): Promise<string | null> {
  const topic = helpTopic(argv);
  if (topic !== undefined) return renderHelp(topic, locale, helpWidthOf(io.stdout));
  if (argv[0] !== '--version' && argv[0] !== '-V') return null;
  const { packageVersion } = await import('../config/package-files.js');
  return `${packageVersion()}\n`;
}

/** Help is needed before anything is parsed, and in the right language. `LANG` is never read. */
function earlyLocale(argv: readonly string[], env: Io['env']): Locale {
  let locale = env.KEFU_AUDIT_LOCALE;
  argv.forEach((word, at) => {
    if (word === '--locale') locale = argv[at + 1];
    else if (word.startsWith('--locale=')) locale = word.slice('--locale='.length);
  });
  return locale === 'en' ? 'en' : 'zh';
}
