import type { Zone } from '../model/zone.js';
import type { ColumnMap } from './columns.js';
import type { Encoding } from './decode.js';
import type { NamedColumns } from './named-columns.js';
import type { Reader } from './reader.js';
import type { RolePatterns } from './roles.js';

/** How inputs are read. */
export interface IngestOptions {
  /** Id of the reader to use for every input, or null to decide by content. */
  inputFormat: string | null;
  /** Encoding of every input, or null to decide by content. */
  encoding: Encoding | null;
  zone: Zone;
  /** Columns that the user named, or null. */
  columns: ColumnMap | null;
  /** See `ReadContext`; set by `ingest` itself. */
  columnsMayDiffer?: boolean;
  /** See `ReadContext`; set by `ingest` itself. */
  namedColumns?: NamedColumns;
  roles: RolePatterns;
  /** What `-` reads, or null. */
  stdin: AsyncIterable<Uint8Array> | null;
  /** Name of stdin in reports; its ending is a hint like that of any file. */
  stdinFilename: string;
  /** Paths of files that the run is going to write. Reading one of them is refused. Default none. */
  writes?: readonly string[];
  /** The readers to choose from; all, unless said. */
  readers?: readonly Reader[];
}
