import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { DurationMs } from '../../../services/core/units.ts';

/** A server under load; both kinds of server are sent the very same. */
export interface LoadTarget {
  readonly url: string;
  readonly writeKey: string;
}

const connections = 8;
const mostConnections = 64;
const tickMs = 2;

/**
 * Sends the bodies one after the other over eight connections.
 * @returns seconds until the last one was answered
 */
export async function sendAll(target: LoadTarget, path: string, bodies: readonly Buffer[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = createPost(target, path, agent);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < bodies.length) await send(bodies[next++]);
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, lane));
  agent.destroy();
  return (performance.now() - startedAt) / 1000;
}

/**
 * Sends the bodies at a steady rate, whether or not the ones before are answered.
 * @param rate requests per second
 * @returns from when each was due to its answer
 */
export async function sendPaced(
  target: LoadTarget,
  path: string,
  bodies: readonly Buffer[],
  rate: number,
): Promise<DurationMs[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: mostConnections });
  const send = createPost(target, path, agent);
  const startedAt = performance.now();
  const answers: Promise<DurationMs>[] = [];
  while (answers.length < bodies.length) {
    const due = Math.min(bodies.length, Math.ceil(((performance.now() - startedAt) / 1000) * rate));
    while (answers.length < due) {
      const dueAt = startedAt + (answers.length / rate) * 1000;
      answers.push(send(bodies[answers.length]).then(() => performance.now() - dueAt));
    }
    await pause(tickMs);
  }
  const latencies = await Promise.all(answers);
  agent.destroy();
  return latencies;
}

function createPost({ url, writeKey }: LoadTarget, path: string, agent: Agent): (body: Buffer) => Promise<void> {
  const { hostname, port } = new URL(url);
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  return (body) =>
    new Promise((resolve, reject) => {
      const headers = { authorization, 'content-type': 'application/json', 'content-length': body.length };
      const sending = request({ agent, hostname, port, method: 'POST', path, headers }, (response) => {
        response.resume();
        response.on('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`${url}${path} answered ${response.statusCode}`));
        });
      });
      sending.on('error', reject);
      sending.end(body);
    });
}
