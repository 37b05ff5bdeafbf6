import Rudder from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { buildSelfDescribingEvent, newTracker } from '@snowplow/node-tracker';
import { PostHog } from 'posthog-node';
import { createPatientFetch } from './patient-fetch.ts';
import { eventually } from '../../../support/eventually.ts';

/** An SDK as its users have it, told only to try more often than it would by itself. */
export interface RealClient {
  readonly name: string;
  /** @param label stands on the record as the attribute `label` */
  send(label: string): void;
  /** Resolves when all is delivered or given up. */
  close(): Promise<void>;
}

export interface RealClientSettings {
  readonly writeKey: string;
  readonly host: string;
  /** How often each may send the same batch again. */
  readonly retries: number;
  /** How long an event waits for others. */
  readonly flushIntervalMs: number;
  /** Whether those that do not heed `Retry-After` are given a fetch that does. */
  readonly isPatient: boolean;
}

export interface RealClients {
  readonly clients: readonly RealClient[];
  /** What they reported as lost. */
  readonly errors: readonly string[];
}

const event = 'Order Completed';
const schema = 'iglu:com.acme/order/jsonschema/1-0-0';
const patienceMs = 240_000;

/** @param sets of one client of every kind: four SDKs, one of which speaks two protocols */
export function openRealClients(settings: RealClientSettings, sets: number): RealClients {
  const errors: string[] = [];
  const note = (name: string) => (error: unknown) => void errors.push(`${name}: ${String(error)}`);
  const clients = Array.from({ length: sets }, () => [
    openSegment(settings, note('segment')),
    openRudder(settings, note('rudder')),
    openPostHog('v0', settings, note('posthog-v0')),
    openPostHog('v1', settings, note('posthog-v1')),
    openSnowplow(settings, note('snowplow')),
  ]);
  return { errors, clients: clients.flat() };
}

type Note = (error: unknown) => void;

/** Of one pound, by a user of its own. The label is no property of the user: that would be sealed. */
const orderOf = (label: string) => ({ userId: `user of ${label}`, properties: { label, value: 1, currency: 'GBP' } });

function openSegment({ writeKey, host, retries, ...settings }: RealClientSettings, note: Note): RealClient {
  const client = new Analytics({
    ...{ writeKey, host, maxRetries: retries, flushInterval: settings.flushIntervalMs },
    ...(settings.isPatient ? { httpClient: createPatientFetch() } : {}),
  });
  client.on('error', ({ reason }) => note(reason));
  return {
    name: 'segment',
    send: (label) => client.track({ event, ...orderOf(label) }),
    close: () => client.closeAndFlush({ timeout: patienceMs }),
  };
}

function openRudder({ writeKey, host, retries, flushIntervalMs }: RealClientSettings, note: Note): RealClient {
  const client = new Rudder(writeKey, {
    ...{ dataPlaneUrl: host, retryCount: retries, flushInterval: flushIntervalMs, logLevel: 'silent' },
    errorHandler: note,
  });
  let unfinished = 0;
  return {
    name: 'rudder',
    send(label) {
      unfinished += 1;
      client.track({ event, ...orderOf(label) }, () => (unfinished -= 1));
    },
    // A flush sends one batch, not all that waits.
    close: () => untilFlushed(() => unfinished, () => client.flush()), // prettier-ignore
  };
}

/** It reads its protocol from the environment when it is made. */
function openPostHog(mode: 'v0' | 'v1', settings: RealClientSettings, note: Note): RealClient {
  const { writeKey, host, retries, flushIntervalMs, isPatient } = settings;
  const before = process.env['POSTHOG_CAPTURE_MODE'];
  process.env['POSTHOG_CAPTURE_MODE'] = mode;
  const client = new PostHog(writeKey, {
    ...{ host, fetchRetryCount: retries, flushInterval: flushIntervalMs },
    ...(isPatient && mode === 'v0' ? { fetch: createPatientFetch() } : {}),
  });
  if (before === undefined) delete process.env['POSTHOG_CAPTURE_MODE'];
  else process.env['POSTHOG_CAPTURE_MODE'] = before;
  client.on('error', note);
  return {
    name: `posthog-${mode}`,
    send(label) {
      const { userId, properties } = orderOf(label);
      client.capture({ distinctId: userId, event, properties });
    },
    close: () => client.shutdown(patienceMs),
  };
}

/** It has no timer: what waits goes with the next event, or when the application says so. */
function openSnowplow({ writeKey, host, ...settings }: RealClientSettings, note: Note): RealClient {
  let unfinished = 0;
  const tracker = newTracker(
    { namespace: 'test', appId: 'broker-away' },
    {
      ...{ endpoint: host, bufferSize: 10, customHeaders: { 'x-write-key': writeKey } },
      ...(settings.isPatient ? { customFetch: createPatientFetch() } : {}),
      onRequestSuccess: ({ length }) => (unfinished -= length),
      onRequestFailure({ willRetry, message }) {
        if (!willRetry) note(message);
      },
    },
  );
  const timer = setInterval(() => void tracker.flush(), settings.flushIntervalMs);
  return {
    name: 'snowplow',
    send(label) {
      unfinished += 1;
      const { userId, properties } = orderOf(label);
      const { value: amount, ...rest } = properties;
      tracker.setUserId(userId);
      tracker.track(buildSelfDescribingEvent({ event: { schema, data: { ...rest, amount } } }));
    },
    async close() {
      clearInterval(timer);
      await untilFlushed(() => unfinished, () => tracker.flush()); // prettier-ignore
    },
  };
}

async function untilFlushed(unfinished: () => number, flush: () => Promise<unknown>): Promise<void> {
  await eventually(
    async () => {
      await flush();
      if (unfinished() > 0) throw new Error(`${unfinished()} events are not finished`);
    },
    { timeoutMs: patienceMs, intervalMs: 200 },
  );
}
