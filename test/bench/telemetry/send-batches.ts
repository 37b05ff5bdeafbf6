import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { LoadTarget } from '../ingest/http-load.ts';
import type { EventBatch } from './customer-bodies.ts';

const connections = 8;
const retryMs = 200;
const mostRetries = 50;

/**
 * Sends batches over eight connections that stay open, as fast as they are answered; one that finds ingest too busy (503) is
 * sent again, as clients do.
 * @returns events that were taken
 */
export async function sendBatches(target: LoadTarget, batches: Iterator<EventBatch>): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let taken = 0;
  const lane = async (): Promise<void> => {
    for (let next = batches.next(); next.done !== true; next = batches.next()) {
      await deliver(target, agent, next.value.body);
      taken += next.value.events;
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, lane));
    return taken;
  } finally {
    agent.destroy();
  }
}

async function deliver(target: LoadTarget, agent: Agent, body: Buffer): Promise<void> {
  for (let attempt = 0; attempt < mostRetries; attempt++) {
    const status = await post(target, agent, body);
    if (status === 200) return;
    if (status !== 503) throw new Error(`${target.url} answered ${status}`);
    await pause(retryMs);
  }
  throw new Error(`${target.url} was too busy ${mostRetries} times in a row`);
}

function post({ url, writeKey }: LoadTarget, agent: Agent, body: Buffer): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json', 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const sending = request(`${url}/v1/batch`, { agent, method: 'POST', headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sending.on('error', reject);
    sending.end(body);
  });
}
