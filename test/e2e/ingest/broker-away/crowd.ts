import { setTimeout as pause } from 'node:timers/promises';
import type { RealClient } from './real-clients.ts';

/** Clients that send one event after the other. */
export interface Crowd {
  /** What was handed to the clients so far. */
  readonly sent: readonly string[];
  /** Sends no more; resolves when all is delivered or given up. */
  stop(): Promise<void>;
}

/** @param pace every client sends each `everyMs`; they begin spread over `spreadMs`, as processes of a shop have */
export function startCrowd(clients: readonly RealClient[], pace: { everyMs: number; spreadMs: number }): Crowd {
  const sent: string[] = [];
  let isOver = false;

  async function keepSending(client: RealClient, place: number): Promise<void> {
    await pause((place / clients.length) * pace.spreadMs);
    for (let number = 0; !isOver; number++) {
      const label = `${client.name} ${place}/${number}`;
      sent.push(label);
      client.send(label);
      await pause(pace.everyMs);
    }
  }

  const sending = Promise.all(clients.map(keepSending));
  return {
    sent,
    async stop() {
      isOver = true;
      await sending;
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}
