import { externalStack } from './providers/external-stack.ts';
import { localStack } from './providers/local-stack.ts';
import { createUnservedStack } from './providers/unserved-stack.ts';
import type { StackProvider } from './stack-provider.ts';

/** Every way to get a stack, in order of preference. */
export const stackProviders: readonly StackProvider[] = [
  externalStack,
  localStack,
  createUnservedStack('docker'),
  createUnservedStack('embedded'),
];
