import { defineConfig } from 'vitest/config';

type Speed = 'fast' | 'stack' | 'services';

/**
 * Time-outs only end what hangs: far above what a slow, busy machine needs.
 * Projects of one speed run together; the speeds run one after the other, so that services have the machine.
 */
const speeds = {
  fast: { order: 0, maxWorkers: 2, timeoutMs: 60_000, stack: false },
  stack: { order: 1, maxWorkers: 2, timeoutMs: 120_000, stack: true },
  services: { order: 2, maxWorkers: 1, timeoutMs: 300_000, stack: true },
} as const;

/** Properties tried more often take longer. */
const patience = Math.max(1, Number(process.env['PROVE_FACTOR'] ?? '1'));

function defineTests(name: string, speed: Speed) {
  const { order, maxWorkers, stack } = speeds[speed];
  const timeoutMs = speeds[speed].timeoutMs * patience;
  return {
    extends: true as const,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      globalSetup: stack ? ['test/support/stack-global-setup.ts'] : [],
      maxWorkers,
      fileParallelism: maxWorkers > 1,
      testTimeout: timeoutMs,
      hookTimeout: timeoutMs,
      sequence: { groupOrder: order },
    },
  };
}

/** In the environment, so that the workers know it too: simulated schedules are drawn from it. */
const seed = (process.env['TEST_SEED'] ??= String(Date.now()));

export default defineConfig({
  test: {
    projects: [
      defineTests('unit', 'fast'),
      defineTests('property', 'fast'),
      defineTests('architecture', 'fast'),
      defineTests('contract', 'stack'),
      defineTests('integration', 'stack'),
      defineTests('e2e', 'services'),
      defineTests('replay', 'services'),
    ],
    // The seed is printed at the start of a run; TEST_SEED repeats it.
    sequence: { shuffle: true, seed: Number(seed) },
    teardownTimeout: 60_000,
    slowTestThreshold: 5_000,
    passWithNoTests: false,
    watch: false,
  },
});
