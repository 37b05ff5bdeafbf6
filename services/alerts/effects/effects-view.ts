import { EngineError } from '../../core/errors.ts';
import type { RawRecord } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { PartitionRange, TopicReader } from '../../core/ports/topic-reader.ts';
import type { RetentionTask } from '../../core/tasks/retention-task.ts';
import type { ArmTally } from '../../core/uplift/arm-tally.ts';
import { EffectBook } from '../../core/uplift/effect-book.ts';
import { reportEffects, type EffectReport } from '../../core/uplift/effect-report.ts';
import { suppressedSegments } from '../../core/uplift/suppressed-segments.ts';

export interface EffectsViewDeps {
  /** Of the tasks topic. */
  readonly reader: TopicReader;
  readonly codec: RecordCodec<RetentionTask>;
  /** Share of revenue that is margin, 0 to 1; asked anew each time. */
  readonly marginRate: () => number;
  /** Told of records that are no tasks; they are passed over. */
  readonly onUnreadable: (count: number) => void;
}

/** Effects of the playbooks as the tasks topic tells them so far. */
export interface EffectsView {
  /** Reads on to the present end of the topic. One call at a time; rejects where it is cut short, and goes on from there next time. */
  advance(signal?: AbortSignal): Promise<void>;
  /** Of all tenants. */
  tallies(): readonly ArmTally[];
  report(tenant: string): EffectReport;
  /** `playbook|segment` of the tenant that playbooks leave alone, as of the last advance. */
  suppressed(tenant: string): ReadonlySet<string>;
}

/** Nothing is stored: the topic is compacted, so a process that starts reads each task once or twice. */
export function createEffectsView({ reader, codec, marginRate, onUnreadable }: EffectsViewDeps): EffectsView {
  let book = new EffectBook();
  const next = new Map<number, number>();
  let suppressed = new Map<string, ReadonlySet<string>>();
  const talliesOf = (tenant: string) => book.tallies.filter(({ draw }) => draw.tenant === tenant);

  async function readOn({ partition, low, high }: PartitionRange, signal: AbortSignal | null): Promise<void> {
    for (let from = Math.max(low, next.get(partition) ?? 0); from < high;) {
      signal?.throwIfAborted();
      const records = await reader.read(partition, from);
      const last = records.at(-1);
      // Compaction may leave nothing at the end; it is asked for again next time.
      if (last === undefined) return;
      const tasks = await decodeTasks(codec, records);
      for (const task of tasks) if (!(task instanceof EngineError)) book.add(task);
      const unreadable = tasks.filter((task) => task instanceof EngineError).length;
      if (unreadable > 0) onUnreadable(unreadable);
      next.set(partition, (from = last.offset + 1));
    }
  }

  return {
    async advance(signal) {
      const ranges = await reader.ranges();
      // A topic that ends before what was read is another one of the same name.
      if (ranges.some(({ partition, high }) => high < (next.get(partition) ?? 0))) {
        book = new EffectBook();
        next.clear();
      }
      for (const range of ranges) await readOn(range, signal ?? null);
      const tenants = new Set(book.tallies.map(({ draw }) => draw.tenant));
      suppressed = new Map(
        [...tenants].map((id) => [id, suppressedSegments(reportEffects(talliesOf(id), marginRate()))]),
      );
    },
    tallies: () => book.tallies,
    report: (tenant) => reportEffects(talliesOf(tenant), marginRate()),
    suppressed: (tenant) => suppressed.get(tenant) ?? new Set(),
  };
}

function decodeTasks(codec: RecordCodec<RetentionTask>, records: readonly RawRecord[]) {
  return codec.decode(records.flatMap(({ value }) => (value === null ? [] : [value])));
}
