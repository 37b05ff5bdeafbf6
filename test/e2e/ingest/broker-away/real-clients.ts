import Rudder from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { PostHog } from 'posthog-node';

/** An SDK as its users have it, told only to try more often than it would by itself. */
export interface RealClient {
  readonly name: string;
  send(index: number): void;
  /** Resolves when all is delivered or given up. */
  close(): Promise<void>;
}

export interface RealClients {
  readonly clients: readonly RealClient[];
  /** What they reported as lost. */
  readonly errors: readonly string[];
}

const event = 'Broker Away';
const patienceMs = 120_000;

/** @param retries how often each may send the same batch again */
export function openRealClients(writeKey: string, host: string, retries: number): RealClients {
  const errors: string[] = [];
  const note = (name: string) => (error: unknown) => void errors.push(`${name}: ${String(error)}`);
  return {
    errors,
    clients: [
      openSegment({ writeKey, host, retries }, note('segment')),
      openRudder({ writeKey, host, retries }, note('rudder')),
      openPostHog('v0', { writeKey, host, retries }, note('posthog-v0')),
      openPostHog('v1', { writeKey, host, retries }, note('posthog-v1')),
    ],
  };
}

interface Settings {
  readonly writeKey: string;
  readonly host: string;
  readonly retries: number;
}

type Note = (error: unknown) => void;

function openSegment({ writeKey, host, retries }: Settings, note: Note): RealClient {
  const client = new Analytics({ writeKey, host, maxRetries: retries });
  client.on('error', ({ reason }) => note(reason));
  return {
    name: 'segment',
    send: (index) => client.track({ userId: `segment-${index}`, event, properties: { index } }),
    close: () => client.closeAndFlush({ timeout: patienceMs }),
  };
}

function openRudder({ writeKey, host, retries }: Settings, note: Note): RealClient {
  const settings = { dataPlaneUrl: host, retryCount: retries, logLevel: 'silent', errorHandler: note } as const;
  const client = new Rudder(writeKey, settings);
  return {
    name: 'rudder',
    send(index) {
      client.track({ userId: `rudder-${index}`, event, properties: { index } });
    },
    async close() {
      await client.flush();
    },
  };
}

/** It reads its protocol from the environment when it is made. */
function openPostHog(mode: 'v0' | 'v1', { writeKey, host, retries }: Settings, note: Note): RealClient {
  const before = process.env['POSTHOG_CAPTURE_MODE'];
  process.env['POSTHOG_CAPTURE_MODE'] = mode;
  const client = new PostHog(writeKey, { host, fetchRetryCount: retries, fetchRetryDelay: 1_000 });
  if (before === undefined) delete process.env['POSTHOG_CAPTURE_MODE'];
  else process.env['POSTHOG_CAPTURE_MODE'] = before;
  client.on('error', note);
  return {
    name: `posthog-${mode}`,
    send: (index) => client.capture({ distinctId: `posthog-${mode}-${index}`, event, properties: { index } }),
    close: () => client.shutdown(patienceMs),
  };
}
