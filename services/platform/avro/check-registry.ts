import type { RegistryConnection } from '../runtime/connections.ts';
import { askRegistry } from './registry-request.ts';
import { statusFault } from './registry-errors.ts';

/** Resolves when the registry lists its subjects. */
export async function checkRegistry(connection: RegistryConnection): Promise<void> {
  const { status } = await askRegistry(connection, '/subjects');
  if (status !== 200) throw statusFault(status, 'listing the subjects');
}
