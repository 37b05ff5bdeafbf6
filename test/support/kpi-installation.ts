import type { RetentionCommand } from '../../services/core/commands/retention-command.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import { EngineError } from '../../services/core/errors.ts';
import type { KpiFact } from '../../services/core/kpis/kpi-fact.ts';
import { type KpiRules, usualKpiRules } from '../../services/core/kpis/kpi-rules.ts';
import { gatherHistory } from '../../services/core/kpis/recompute/gather-history.ts';
import type { KpiHistory } from '../../services/core/kpis/recompute/kpi-history.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import { readLog } from '../../services/platform/kafka/read-log.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import type { EventsInstallation } from './events-installation.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
const calendar = createBusinessCalendar('Europe/London');

/** The business days of the tenant that `newInstallation` makes. */
export const installedRules: KpiRules = { ...usualKpiRules, dayOf: (ms) => calendar.dayOf(ms) };

/** All records of a topic that can be decoded, partition after partition, each in its order. */
export async function readTopic<T>({ client, registry }: EventsInstallation, topic: string, schema: string) {
  const codec = await registry.codec<T>(topic, schema);
  const records = await readLog({ client, topic, logger });
  const values = await codec.decode(records.map(({ value }) => value));
  return values.flatMap((value, i) => {
    return value instanceof EngineError ? [] : [{ partition: records[i].partition, offset: records[i].offset, value }];
  });
}

/** What the logs of an installation say, with its events and its facts in the order of their logs. */
export async function readKpiLogs(installation: EventsInstallation): Promise<{
  readonly history: KpiHistory;
  readonly records: readonly CustomerRecord[];
  readonly facts: readonly KpiFact[];
}> {
  const topics = topicsWithPrefix(installation.prefix);
  const events = await readTopic<CustomerRecord>(installation, topics.events, 'customer-event');
  const scores = await readTopic<Score>(installation, topics.scores, 'score');
  const tasks = await readTopic<RetentionTask>(installation, topics.tasks, 'retention-task');
  const commands = await readTopic<RetentionCommand>(installation, topics.commands, 'retention-command');
  const facts = (await readTopic<KpiFact>(installation, topics.kpiFacts, 'kpi-fact')).map(({ value }) => value);
  const logs = {
    records: events.map(({ partition, offset, value: record }) => ({ partition, offset, record })),
    scores: scores.map(({ value }) => value),
    tasks: tasks.map(({ value }) => value),
    commands: commands.map(({ value }) => value),
    facts,
    minorPerMajor: 100,
  };
  return { history: gatherHistory(logs, installedRules), records: events.map(({ value }) => value), facts };
}
