import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the range from which systems take the local ports of outgoing connections, so that none slips in between.
const spareFrom = 20_000;
const spareTo = 29_999;
const attempts = 200;

/**
 * One free port per usual one: the usual one itself when nobody listens there, else a spare one. All are different, and
 * none is among `promised`, the ports of those who are about to listen.
 */
export async function pickPorts<Name extends string>(
  usual: Readonly<Record<Name, number>>,
  promised: readonly number[] = [],
): Promise<Record<Name, number>> {
  const taken = new Set<number>(promised);
  const picked: Partial<Record<Name, number>> = {};
  for (const name of Object.keys(usual) as Name[]) {
    const port = await pickPort(usual[name], taken);
    taken.add(port);
    picked[name] = port;
  }
  return picked as Record<Name, number>;
}

async function pickPort(usual: number, taken: ReadonlySet<number>): Promise<number> {
  if (!taken.has(usual) && (await isFree(usual))) return usual;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(spareFrom, spareTo + 1);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`No free port was found between ${spareFrom} and ${spareTo}.`);
}

/** Free on the loopback address, where the whole local stack listens. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
