import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import type { RetentionCommand } from '../../services/core/commands/retention-command.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import { EngineError } from '../../services/core/errors.ts';
import type { KpiFact } from '../../services/core/kpis/kpi-fact.ts';
import type { PlacedRecord } from '../../services/core/kpis/recompute/gather-events.ts';
import type { KpiLogs } from '../../services/core/kpis/recompute/gather-history.ts';
import { type KpiLogName, kpiLogNames } from '../../services/core/kpis/recompute/logs-of-cell.ts';
import type { LogBounds } from '../../services/core/ports/log-bounds.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import type { EpochDay } from '../../services/core/units.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createKafkaClient, type KafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { createKafkaLogBounds } from '../../services/platform/kafka/kafka-log-bounds.ts';
import { scanLog } from '../../services/platform/kafka/scan-log.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import type { CliIo } from '../cli-io.ts';
import type { Target } from '../import/target.ts';

/** The logs of one tenant, and how far each reaches back. */
export interface ReadKpiLogs extends Omit<KpiLogs, 'minorPerMajor'> {
  /** First business day that each log tells whole; null where nothing was removed from its beginning. */
  readonly wholeFrom: ReadonlyMap<KpiLogName, EpochDay | null>;
  /** As the log of facts was before anything else was read. */
  readonly factBounds: LogBounds;
}

interface Reading {
  readonly target: Target;
  readonly io: CliIo;
  readonly client: KafkaClient;
  /** First whole day by log. */
  readonly wholeFrom: Map<KpiLogName, EpochDay | null>;
}

const schemas: Readonly<Record<KpiLogName, string>> = {
  events: 'customer-event',
  scores: 'score',
  tasks: 'retention-task',
  commands: 'retention-command',
  facts: 'kpi-fact',
};

/** Reads the logs whole, into memory, to where each ends now. Records that cannot be read are counted on `stderr`. */
export async function readKpiLogs(target: Target, io: CliIo): Promise<ReadKpiLogs> {
  const logger = createLogger({ name: 'kpi', level: 'fatal', destination: io.stderr });
  const client = createKafkaClient({ ...target.connections.kafka, clientId: 'tidewatch-kpi', logger });
  const reading: Reading = { target, io, client, wholeFrom: new Map() };
  const factBounds = await boundsOf(client, topicOf(target, 'facts'));
  const [records, scores, tasks, commands, facts] = [
    await readRecords(reading),
    await readOwn<Score>(reading, 'scores'),
    await readOwn<RetentionTask>(reading, 'tasks'),
    await readOwn<RetentionCommand>(reading, 'commands'),
    await readOwn<KpiFact>(reading, 'facts'),
  ];
  return { records, scores, tasks, commands, facts, wholeFrom: reading.wholeFrom, factBounds };
}

function topicOf({ topicPrefix }: Target, log: KpiLogName): string {
  return topicsWithPrefix(topicPrefix)[log === 'facts' ? 'kpiFacts' : log];
}

async function boundsOf(client: KafkaClient, topic: string): Promise<LogBounds> {
  const reader = createKafkaLogBounds({ client, topic });
  try {
    return await reader.read();
  } finally {
    await reader.stop();
  }
}

/** Of other tenants only what closes the days of a partition. */
async function readRecords(reading: Reading): Promise<readonly PlacedRecord[]> {
  const records: PlacedRecord[] = [];
  await read<CustomerRecord>(reading, 'events', (record, partition, offset) => {
    if (record.dayClosed !== null || record.tenant === reading.target.tenant)
      records.push({ record, partition, offset });
  });
  return records;
}

async function readOwn<T extends { readonly tenant: string }>(
  reading: Reading,
  log: KpiLogName,
): Promise<readonly T[]> {
  const own: T[] = [];
  await read<T>(reading, log, (value) => {
    if (value.tenant === reading.target.tenant) own.push(value);
  });
  return own;
}

async function read<T>(
  { target, io, client, wholeFrom }: Reading,
  log: KpiLogName,
  take: (value: T, partition: number, offset: number) => void,
): Promise<void> {
  const logger = createLogger({ name: 'kpi', level: 'fatal', destination: io.stderr });
  const topic = topicOf(target, log);
  const codec = await createSchemaRegistry({ ...target.connections.registry, logger }).codec<T>(topic, schemas[log]);
  const { partitions } = await boundsOf(client, topic);
  const oldest = new Map<number, number>();
  let unreadable = 0;
  await scanLog({ client, topic, logger }, async (chunk, partition) => {
    if (!oldest.has(partition)) oldest.set(partition, chunk[0].timestamp);
    const kept = chunk.flatMap(({ value, offset }) => (value === null ? [] : [{ value, offset }]));
    const values = await codec.decode(kept.map(({ value }) => value));
    for (const [i, value] of values.entries()) {
      if (value instanceof EngineError) unreadable += 1;
      else take(value, partition, kept[i].offset);
    }
  });
  const cut = partitions.flatMap(({ first }, partition) => (first > 0 ? [oldest.get(partition) ?? Infinity] : []));
  wholeFrom.set(log, cut.length === 0 ? null : wholeDayAfter(Math.max(...cut), target.timezone));
  if (unreadable > 0) io.stderr.write(`${unreadable} records of ${topic} cannot be read and were left out.\n`);
}

function wholeDayAfter(ms: number, timezone: string): EpochDay {
  return ms === Infinity ? Infinity : createBusinessCalendar(timezone).dayOf(ms) + 1;
}

/**
 * The logs that do not reach back as far as a period needs: use by staff is counted in the period alone, all else follows
 * from the whole past. A compacted log has lost no task, whatever its first offset is.
 */
export function cutLogs({ wholeFrom }: ReadKpiLogs, from: EpochDay): ReadonlySet<KpiLogName> {
  return new Set(
    kpiLogNames.filter((log) => {
      const day = wholeFrom.get(log) ?? null;
      return log !== 'tasks' && day !== null && (log !== 'commands' || day > from);
    }),
  );
}
