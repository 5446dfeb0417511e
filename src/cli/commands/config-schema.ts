import { configJsonSchema } from '../../config/schema.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';
import { StreamSink } from '../stream-sink.js';

/** Prints the JSON Schema of config files. */
export async function run({ io }: CommandContext): Promise<ExitCode> {
  const out = new StreamSink(io.stdout);
  await out.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  await out.commit();
  return 0;
}
