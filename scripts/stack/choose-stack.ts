import { EngineError } from '../../services/core/errors.ts';
import type { StackContext, StackProvider } from './stack-provider.ts';

export interface StackChoice {
  readonly provider: StackProvider;
  readonly reason: string;
}

/**
 * The requested way, or the first one that this machine can serve, and why. The providers come in order of preference.
 * An external stack named by some of its variables only is an error: nobody means half a stack.
 */
export async function chooseStack(
  providers: readonly StackProvider[],
  context: StackContext,
  requested?: string,
): Promise<StackChoice> {
  if (requested !== undefined) return await chooseRequested(providers, context, requested);
  const refusals: string[] = [];
  for (const provider of providers) {
    const { available, reason } = await provider.probe(context);
    if (available) return { provider, reason };
    refusals.push(`${provider.mode}: ${reason}`);
  }
  throw new EngineError('ERR_STACK_PREREQUISITE', `No stack can be started here. ${refusals.join(' ')}`, {
    retryable: false,
  });
}

async function chooseRequested(
  providers: readonly StackProvider[],
  context: StackContext,
  requested: string,
): Promise<StackChoice> {
  const provider = providers.find(({ mode }) => mode === requested);
  if (provider === undefined) {
    const known = providers.map(({ mode }) => mode).join(', ');
    throw new EngineError('ERR_USAGE', `There is no stack "${requested}"; use one of ${known}.`, { retryable: false });
  }
  const { available, reason } = await provider.probe(context);
  if (!available) throw new EngineError('ERR_STACK_PREREQUISITE', reason, { retryable: false });
  return { provider, reason: `--stack ${requested} was asked for` };
}
