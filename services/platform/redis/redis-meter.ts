import type { Redis } from 'ioredis';
import type { Metrics } from '../telemetry/metrics.ts';

const bucketsSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.025, 0.1, 0.5, 1, 5];

/** Counts slices of commands of one connection. */
export interface RedisMeter {
  sliceDone(commands: number, seconds: number): void;
  sliceFailed(): void;
}

const meters = new WeakMap<Redis, RedisMeter>();

/** The meter of a connection; undefined where nobody asked for metrics. */
export function meterOf(client: Redis): RedisMeter | undefined {
  return meters.get(client);
}

/** Use, saturation and errors of a connection; what waits is read when Prometheus asks. */
export function addRedisMeter(client: Redis, metrics: Metrics): void {
  const connected = metrics.gauge('tidewatch_redis_connected', '1 while Redis can be asked.');
  const waiting = metrics.gauge('tidewatch_redis_unanswered_commands', 'Commands sent and not answered yet.');
  const connections = metrics.counter('tidewatch_redis_connections_total', 'Connections made, the first included.');
  const commands = metrics.counter('tidewatch_redis_commands_total', 'Commands answered, of those sent in slices.');
  const failures = metrics.counter('tidewatch_redis_failures_total', 'Slices of commands that failed.');
  const help = 'From sending a slice of commands, at most 500, to its last answer.';
  const durations = metrics.histogram('tidewatch_redis_slice_duration_seconds', help, bucketsSeconds);
  Object.assign(connected, { collect: () => connected.set(client.status === 'ready' ? 1 : 0) });
  Object.assign(waiting, { collect: () => waiting.set(queueLength(client)) });
  client.on('ready', () => connections.inc());
  meters.set(client, {
    sliceDone(count, seconds) {
      commands.inc(count);
      durations.observe(seconds);
    },
    sliceFailed: () => failures.inc(),
  });
}

/** The client keeps what it has sent in a queue that its types do not show. */
function queueLength(client: Redis): number {
  return (client as unknown as { commandQueue?: { length: number } }).commandQueue?.length ?? 0;
}
