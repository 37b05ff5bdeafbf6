import type { Command } from 'commander';
import { usageError } from '../usage-error.ts';

/** Which letters are meant, as typed. */
export interface FilterOptions {
  readonly tenant?: string;
  readonly source?: string;
  readonly code?: string;
  readonly step?: string;
  readonly event?: string;
  readonly import?: string;
  readonly status?: string;
  readonly since?: string;
  readonly until?: string;
}

export function addFilterOptions(command: Command): Command {
  return command
    .option('--tenant <id>', 'letters of this tenant, among those that the token may see')
    .option('--source <name>', 'letters of this source')
    .option('--code <code>', 'letters with this error code, such as ERR_EVENT_TOO_LARGE')
    .option('--step <name>', 'letters of this step, such as ingest.judge or scorer')
    .option('--event <id>', 'letters of the event with this id')
    .option('--import <id>', 'letters of this import')
    .option('--since <time>', 'letters from this time on, ISO 8601')
    .option('--until <time>', 'letters before this time, ISO 8601');
}

/** The filter as the API takes it. */
export function toQuery(options: FilterOptions): Record<string, string> {
  const { tenant, source, code, step, event, status, since, until } = options;
  const fields = { tenant, source, code, step, eventId: event, importId: options.import, status, since, until };
  for (const [name, value] of Object.entries(fields)) if (value === '') throw usageError(`--${name} is empty.`);
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
