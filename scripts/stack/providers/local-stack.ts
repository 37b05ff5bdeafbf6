import { EngineError } from '../../../services/core/errors.ts';
import { findPrerequisites } from '../local/find-prerequisites.ts';
import { startLocalStack } from '../local/start-local-stack.ts';
import type { StackProvider } from '../stack-provider.ts';

/** Kafka, the schema registry and Redis as processes of this machine, fetched through Maven. */
export const localStack: StackProvider = {
  mode: 'local',
  async probe(context) {
    const found = await findPrerequisites(context.env);
    if (typeof found === 'string') return { available: false, reason: found };
    return { available: true, reason: `Java ${found.javaMajor} and Maven are here` };
  },
  async start(context, reason) {
    const prerequisites = await findPrerequisites(context.env);
    if (typeof prerequisites === 'string') {
      throw new EngineError('ERR_STACK_PREREQUISITE', prerequisites, { retryable: false });
    }
    return await startLocalStack(context, { reason, prerequisites });
  },
};
