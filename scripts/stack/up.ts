// npm run stack:up: starts the local stack and leaves it running, for tests and starts to reuse.
import { env } from 'node:process';
import { withLock } from '../bootstrap/lock-directory.mjs';
import { EngineError } from '../../services/core/errors.ts';
import { checkoutRoot } from '../checkout-root.ts';
import { runScript } from '../run-script.ts';
import { findPrerequisites } from './local/find-prerequisites.ts';
import { endStack } from './local/end-stack.ts';
import { stackPaths } from './local/stack-paths.ts';
import { startLocalStack } from './local/start-local-stack.ts';
import type { StackAddresses } from './stack.ts';
import { findWarmStack } from './warm-stack.ts';

await runScript(async () => {
  const paths = stackPaths(checkoutRoot);
  return await withLock(`${paths.warm}.lock`, async () => {
    const warm = await findWarmStack(checkoutRoot);
    if (warm !== null) {
      console.log('The stack is up already.');
      print(warm);
      return 0;
    }
    await endStack(paths.warm);
    const prerequisites = await findPrerequisites(env);
    if (typeof prerequisites === 'string') {
      throw new EngineError('ERR_STACK_PREREQUISITE', prerequisites, { retryable: false });
    }
    const log = (line: string) => console.log(line);
    log('Starting Kafka, the schema registry and Redis …');
    const context = { root: checkoutRoot, env, data: 'kept', log } as const;
    print(await startLocalStack(context, { reason: 'stack:up', prerequisites, warmRecord: paths.warm }));
    return 0;
  });
});

function print({ kafka, schemaRegistry, redis }: StackAddresses): void {
  console.log(`KAFKA_BROKERS=${kafka}\nSCHEMA_REGISTRY_URL=${schemaRegistry}\nREDIS_URL=${redis}`);
}
