import { createRequire } from 'node:module';

interface RequestQueue {
  pending: readonly unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
}

const recheckMs = 10;
const require = createRequire(import.meta.url);

/**
 * kafkajs 2.2.4 sets a timer with a negative delay after every response, which comes round each millisecond for as long
 * as a connection lives, and warns on newer Node versions (tulios/kafkajs#1751, never merged). A timer is only needed
 * while requests wait. Safe to call more than once.
 */
export function fixRequestQueue(): void {
  const { prototype } = require('kafkajs/src/network/requestQueue') as { prototype: Record<string, unknown> };
  prototype['scheduleCheckPendingRequests'] = scheduleCheckPendingRequests;
}

function scheduleCheckPendingRequests(this: RequestQueue): void {
  if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
  const throttledMs = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    throttledMs > 0 ? throttledMs : recheckMs,
  );
}
