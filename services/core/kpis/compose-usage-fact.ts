import type { RetentionCommand } from '../commands/retention-command.ts';
import type { Digest } from '../ports/digest.ts';
import type { KpiFact } from './kpi-fact.ts';
import { unsetFact } from './unset-fact.ts';

/** Business days of every time zone begin at a multiple of it. */
const grainMs = 15 * 60_000;

/**
 * That somebody of the staff used a function, to a quarter of an hour: whatever they did with it in that time is one fact
 * with one content. The surrogate stands for the person; whose task or case it was about is left out. Null for what a bot
 * did, who is none of the staff.
 */
export function composeUsageFact({ tenant, actor, by, verb, at }: RetentionCommand, digest: Digest): KpiFact | null {
  if (by === 'bot') return null;
  const hash = (...parts: readonly (string | number)[]) => digest.sha256Hex(JSON.stringify(parts)).slice(0, 32);
  const since = Math.floor(at / grainMs) * grainMs;
  return {
    ...unsetFact,
    factId: hash('usage', tenant, actor, verb, since),
    kind: 'usage',
    tenant,
    surrogate: hash(tenant, 'staff', actor),
    sequence: since,
    at: since,
    type: verb,
  };
}
