import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Stands between a client and a server, so that a test can cut or stall their connection and nobody else's. */
export interface TcpProxy {
  readonly port: number;
  /** Ends all connections and takes no new ones. */
  cut(): void;
  /** Keeps connections open, but lets nothing through. */
  stall(): void;
  /** Lets about so many more bytes of the clients through (at most a chunk more), then none; answers pass. */
  holdAfter(bytes: number): void;
  /** Takes new connections again, at full speed. What was stalled goes on. */
  restore(): void;
  /** From now on everything takes so much longer, in each direction. */
  slow(delayMs: number): void;
  /** Leads new connections to another server; those that stand are not touched. */
  pointTo(target: TcpTarget): void;
  /** Connections taken so far. */
  connections(): number;
  close(): Promise<void>;
}

export interface TcpTarget {
  readonly host: string;
  readonly port: number;
}

export async function openTcpProxy(first: TcpTarget): Promise<TcpProxy> {
  let target = first;
  const pairs = new Set<readonly [Socket, Socket]>();
  let mode: 'open' | 'cut' | 'stalled' = 'open';
  let taken = 0;
  let delayMs = 0;
  let bytesLeft = Infinity;

  /** Passes bytes on in their order, whatever the delay was when they came. */
  function createRelay(to: Socket): (bytes: Buffer) => void {
    let lastDue = 0;
    return (bytes) => {
      const now = performance.now();
      lastDue = Math.max(lastDue, now + delayMs);
      if (lastDue <= now) to.write(bytes);
      else setTimeout(() => void (to.destroyed || to.write(bytes)), lastDue - now);
    };
  }

  function hold(client: Socket, bytes: number): void {
    bytesLeft -= bytes;
    if (bytesLeft <= 0) client.pause();
  }

  const server = createServer((client) => {
    taken += 1;
    client.on('error', () => client.destroy());
    if (mode === 'cut') return void client.destroy();
    const upstream = connect(target);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [upstream, client] as const]) {
      from.on('data', createRelay(to));
      if (from === client) from.on('data', (bytes) => hold(from, bytes.length));
      from.on('error', () => from.destroy());
      from.on('close', () => {
        pairs.delete(pair);
        to.destroy();
      });
      if (mode === 'stalled') from.pause();
    }
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));

  const destroyAll = (): void => {
    for (const [client, upstream] of pairs) {
      client.destroy();
      upstream.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => taken,
    pointTo(next) {
      target = next;
    },
    cut() {
      mode = 'cut';
      destroyAll();
    },
    stall() {
      mode = 'stalled';
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    holdAfter(bytes) {
      bytesLeft = bytes;
    },
    slow(each) {
      delayMs = each;
    },
    restore() {
      mode = 'open';
      delayMs = 0;
      bytesLeft = Infinity;
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
    close() {
      destroyAll();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}
