import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import type { RawRecord } from '../../../../services/core/ports/log.ts';
import type { TopicReader } from '../../../../services/core/ports/topic-reader.ts';
import type { RetentionTask } from '../../../../services/core/tasks/retention-task.ts';
import { createEffectsView } from '../../../../services/alerts/effects/effects-view.ts';
import { aTask } from '../../../support/a-task.ts';
import { jsonCodec } from '../../ingest/ingest-fixtures.ts';

const surrogateOf = (number: number) => number.toString(16).padStart(32, '0');

/** Tasks of so many customers, every fourth held out; `churned` says who of an arm left. */
function tasksOf(count: number, churned: (arm: string, i: number) => boolean): RetentionTask[] {
  return Array.from({ length: count }, (_, i) => {
    const arm = i % 4 === 0 ? 'holdout' : 'treated';
    const gone = churned(arm, i);
    const measured = {
      until: Date.UTC(2026, 3, 15),
      purchases: gone ? 0 : 1,
      revenueMinor: gone ? 0 : 4_000,
      churned: gone,
    };
    const surrogate = surrogateOf(i);
    return aTask({ taskId: surrogate, surrogate, arm, holdoutShare: 0.25, measured });
  });
}

class Topic implements TopicReader {
  /** By partition; a null is no record any more, as compaction leaves places behind. */
  readonly partitions: (RawRecord | null)[][] = [[], []];
  fault: Error | null = null;
  reads = 0;

  append(values: readonly (RetentionTask | 'broken' | null)[]): void {
    for (const value of values) {
      const at = this.partitions[value === null || value === 'broken' ? 0 : Number.parseInt(value.surrogate, 16) % 2];
      const bytes = value === null ? null : Buffer.from(value === 'broken' ? '{' : JSON.stringify(value));
      at.push({ offset: at.length, key: null, timestamp: 0, value: bytes });
    }
  }

  ranges() {
    return Promise.resolve(this.partitions.map((of, partition) => ({ partition, low: 0, high: of.length })));
  }

  read(partition: number, offset: number) {
    this.reads += 1;
    if (this.fault !== null) return Promise.reject(this.fault);
    return Promise.resolve(
      this.partitions[partition]
        .slice(offset)
        .filter((record) => record !== null)
        .slice(0, 3),
    );
  }

  stop() {
    return Promise.resolve();
  }
}

function openView() {
  const topic = new Topic();
  const json = jsonCodec<RetentionTask>();
  const unreadable: number[] = [];
  const view = createEffectsView({
    reader: topic,
    codec: {
      ...json,
      decode: (values) =>
        Promise.resolve(
          values.map((value) => {
            const text = value?.toString() ?? '';
            return text === '{'
              ? new EngineError('ERR_RECORD_DECODE', 'no task', { retryable: false })
              : (JSON.parse(text) as RetentionTask);
          }),
        ),
    },
    marginRate: () => 0.5,
    onUnreadable: (count) => unreadable.push(count),
  });
  return { topic, view, unreadable };
}

const customersOf = (view: ReturnType<typeof openView>['view']) => view.report('demo').overall.customers;

describe('the view of effects', () => {
  it('reads all partitions to their end and goes on from there', async () => {
    const { topic, view } = openView();
    const tasks = tasksOf(40, () => false);
    topic.append(tasks.slice(0, 30));
    await view.advance();
    expect(customersOf(view)).toMatchObject({ treated: { opened: 22 }, holdout: { opened: 8 } });
    topic.append(tasks.slice(30));
    topic.reads = 0;
    await view.advance();
    expect(customersOf(view)).toMatchObject({ treated: { opened: 30 }, holdout: { opened: 10 } });
    expect(topic.reads).toBe(4);
  });

  it('passes over what compaction took, tombstones and what is no task, and counts the last', async () => {
    const { topic, view, unreadable } = openView();
    topic.append([...tasksOf(6, () => false), null, 'broken']);
    topic.partitions[1][0] = null;
    topic.partitions[1][2] = null;
    await view.advance();
    await view.advance();
    expect(customersOf(view).treated.opened + customersOf(view).holdout.opened).toBe(4);
    expect(unreadable).toEqual([1]);
  });

  it('goes on where it was after a fault, and begins anew with a topic that was made again', async () => {
    const { topic, view } = openView();
    topic.append(tasksOf(20, () => false));
    topic.fault = new Error('away');
    await expect(view.advance()).rejects.toThrow('away');
    topic.fault = null;
    await view.advance();
    expect(customersOf(view).treated.opened).toBe(15);
    for (const partition of topic.partitions) partition.length = 0;
    topic.append(tasksOf(4, () => false));
    await view.advance();
    expect(customersOf(view)).toMatchObject({ treated: { opened: 3 }, holdout: { opened: 1 } });
  });

  it('names who is to be left alone, of each tenant apart', async () => {
    const { topic, view } = openView();
    topic.append(tasksOf(2_000, (arm, i) => (arm === 'treated' ? i % 2 === 1 : i % 20 === 0)));
    expect(view.suppressed('demo')).toEqual(new Set());
    await view.advance();
    expect(view.suppressed('demo')).toEqual(new Set(['wake-dormant|value3.high/dormant']));
    expect(view.suppressed('other')).toEqual(new Set());
    expect(view.report('other').overall.customers.treated.opened).toBe(0);
  });

  it('stops in the middle when it is told to', async () => {
    const { topic, view } = openView();
    topic.append(tasksOf(20, () => false));
    await expect(view.advance(AbortSignal.abort())).rejects.toThrow();
    expect(topic.reads).toBe(0);
  });
});
