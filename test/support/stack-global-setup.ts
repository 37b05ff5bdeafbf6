import type { TestProject } from 'vitest/node';
import type { Stack } from '../../scripts/stack/stack.ts';
import { startStack } from '../../scripts/stack/start-stack.ts';
import type {} from './stack-addresses.ts';

interface SharedStack {
  readonly stack: Promise<Stack>;
  users: number;
}

// Every project loads this file as a module of its own, so what they share lives on the process.
const shared = globalThis as { tidewatchTestStack?: SharedStack };

/** One stack for the whole run: the first project starts or reuses it, the last one to finish stops it. */
export default async function provideStack(project: TestProject): Promise<() => Promise<void>> {
  shared.tidewatchTestStack ??= { stack: startStack({ data: 'temporary', log: console.log }), users: 0 };
  const current = shared.tidewatchTestStack;
  current.users += 1;
  const { kafka, schemaRegistry, redis, stop } = await current.stack;
  project.provide('stackAddresses', { kafka, schemaRegistry, redis });
  return async () => {
    current.users -= 1;
    if (current.users === 0) await stop();
  };
}
