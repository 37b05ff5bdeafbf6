import { EngineError } from '../../services/core/errors.ts';
import type { LogSink } from '../../services/core/ports/log.ts';
import type { StateStore } from '../../services/core/ports/state-store.ts';

/**
 * - `ok`: the call works
 * - `lost`: nothing reaches the other side, the call fails
 * - `half`: the first half of the batch reaches the other side, the call fails
 * - `unheard`: everything reaches the other side, but the answer is lost and the call fails
 */
export type Fault = 'ok' | 'lost' | 'half' | 'unheard';

/** Gives the fault of the next call. */
export type FaultPlan = () => Fault;

/** A plan that goes through the list once, then lets everything work. */
export function faultPlan(faults: readonly Fault[]): FaultPlan {
  let next = 0;
  return () => faults[next++] ?? 'ok';
}

/** A sink whose calls fail as planned. */
export function faultySink(sink: LogSink, plan: FaultPlan): LogSink {
  return {
    async publish(records) {
      const fault = plan();
      if (fault === 'half') await sink.publish(records.slice(0, records.length >> 1));
      else if (fault !== 'lost') await sink.publish(records);
      if (fault !== 'ok') throw unavailable('ERR_LOG_UNAVAILABLE');
    },
    stop: () => sink.stop(),
  };
}

/** A store whose calls fail as planned. */
export function faultyStore(store: StateStore, plan: FaultPlan): StateStore {
  return {
    connectionEpoch: () => store.connectionEpoch(),
    async load(keys) {
      if (plan() !== 'ok') throw unavailable('ERR_STORE_UNAVAILABLE');
      return store.load(keys);
    },
    async compareAndSet(updates) {
      const fault = plan();
      if (fault === 'half') await store.compareAndSet(updates.slice(0, updates.length >> 1));
      else if (fault !== 'lost') {
        const written = await store.compareAndSet(updates);
        if (fault === 'ok') return written;
      }
      throw unavailable('ERR_STORE_UNAVAILABLE');
    },
  };
}

function unavailable(code: 'ERR_LOG_UNAVAILABLE' | 'ERR_STORE_UNAVAILABLE'): EngineError {
  return new EngineError(code, 'A planned fault of a test.', { retryable: true });
}
