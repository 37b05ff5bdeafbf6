import { env } from 'node:process';
import { checkoutRoot } from '../checkout-root.ts';
import { chooseStack } from './choose-stack.ts';
import type { Stack } from './stack.ts';
import type { Log, StackContext } from './stack-provider.ts';
import { stackProviders } from './stack-providers.ts';
import { findWarmStack } from './warm-stack.ts';

export interface StartStackOptions {
  /** The way that was asked for by name; chosen by what the machine has when absent. */
  readonly mode?: string | undefined;
  readonly log?: Log;
  /** Data of a local stack that is started here; a warm or external stack has its own. Default: kept. */
  readonly data?: StackContext['data'];
}

/** Gets a stack that answers: chosen, reused or started. Says through `log` which and why. */
export async function startStack(options: StartStackOptions = {}): Promise<Stack> {
  const { mode, log = () => undefined, data = 'kept' } = options;
  const context: StackContext = { root: checkoutRoot, env, data, log };
  const { provider, reason } = await chooseStack(stackProviders, context, mode);
  log(`Stack: ${provider.mode} (${reason}).`);
  if (provider.mode === 'local') {
    const warm = await findWarmStack(context.root);
    if (warm !== null) {
      log('The stack of stack:up is running: it is reused and stays up.');
      return warm;
    }
  }
  return await provider.start(context, reason);
}
