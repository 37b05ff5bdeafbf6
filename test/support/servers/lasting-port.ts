import { randomInt } from 'node:crypto';
import { pickPorts } from '../../../scripts/stack/local/pick-ports.ts';

/**
 * A free port for a service that is killed and started again at the same address: no outgoing connection takes it
 * meanwhile, not even one that asks for the service while it is away.
 */
export async function lastingPort(): Promise<string> {
  const { service } = await pickPorts({ service: randomInt(20_000, 30_000) });
  return String(service);
}
