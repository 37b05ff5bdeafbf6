import { monitorEventLoopDelay } from 'node:perf_hooks';
import { memory } from '@tensorflow/tfjs-core';
import { answerParent } from '../world/answer-parent.ts';

/** What a process says of itself; the delay is since it was last asked. */
export interface ProcessSample {
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  readonly tensors: number;
  /** 99th percentile of how late the event loop's timers were. */
  readonly loopDelayP99Ms: number;
}

const nanosPerMs = 1e6;
const resolutionMs = 10;
const delay = monitorEventLoopDelay({ resolution: resolutionMs });
delay.enable();

answerParent({
  process(): ProcessSample {
    const { rss, heapUsed } = process.memoryUsage();
    // The monitor's own interval is part of what it measures.
    const loopDelayP99Ms = Math.max(0, delay.percentile(99) / nanosPerMs - resolutionMs);
    delay.reset();
    return { rssBytes: rss, heapUsedBytes: heapUsed, tensors: memory().numTensors, loopDelayP99Ms };
  },
});
