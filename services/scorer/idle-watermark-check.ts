import type { LogSource } from '../core/ports/log.ts';
import type { StateStore } from '../core/ports/state-store.ts';
import { readControls } from './read-control.ts';
import type { ScorerTelemetry } from './telemetry.ts';

export interface IdleWatermarkCheckDeps {
  readonly source: LogSource;
  readonly store: StateStore;
  readonly telemetry: ScorerTelemetry;
  /** Drops what is held in memory of customers and partitions. */
  readonly forget: () => void;
}

/**
 * Finds partitions with nothing left to read whose stored watermark lies behind what was committed: the store forgot
 * writes, and no next record would show it for a while. Each is read again from its watermark. A partition that
 * carries on is left alone: its next chunk makes the same comparison.
 */
export function createIdleWatermarkCheck({
  source,
  store,
  telemetry,
  forget,
}: IdleWatermarkCheckDeps): () => Promise<void> {
  /**
   * Where a partition was sent back to, by which connection: sending it to the same place again would find the log as
   * empty as before. After an assignment it may not have got there, and a new connection may have lost the same again.
   */
  const rewound = new Map<number, string>();
  source.onAssigned(() => rewound.clear());

  return async function checkIdleWatermarks() {
    const idle = source.health().filter(({ lag, offset }) => lag === 0 && offset > 0);
    if (idle.length === 0) return;
    const controls = await readControls(
      store,
      idle.map(({ partition }) => partition),
    );
    idle.forEach(({ partition, offset }, i) => {
      const next = (controls[i]?.watermark ?? -1) + 1;
      const attempt = `${next} by connection ${store.connectionEpoch()}`;
      if (next >= offset) {
        rewound.delete(partition);
      } else if (rewound.get(partition) !== attempt) {
        rewound.set(partition, attempt);
        telemetry.stateRegressed(partition, next);
        forget();
        source.rewindIdle(partition, next);
      }
    });
  };
}
