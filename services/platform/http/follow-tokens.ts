import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerTokens } from '../runtime/bearer-tokens.ts';
import type { ReadInstallation } from '../runtime/follow-installation.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { requireBearer } from './bearer-auth.ts';

/** API tokens of an installation file that may change at any time. */
export interface FollowedTokens {
  /** Lets requests with a token in force now pass and sets `request.tenant`. */
  readonly authorize: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** No longer looks at the file. */
  stop(): Promise<void>;
}

/** Takes tokens up, and ends them, within seconds of a change; of a file that cannot be read, the one before stays in force. */
export function followTokens(
  { installation, follow }: ReadInstallation,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics },
): FollowedTokens {
  const changes = metrics.counter('tidewatch_installation_changes_total', 'Changes of the installation file.', [
    'result',
  ]);
  for (const result of ['taken', 'refused']) changes.inc({ result }, 0);
  let check = requireBearer(bearerTokens(installation));
  const stop = follow({
    onChange(changed) {
      check = requireBearer(bearerTokens(changed));
      changes.inc({ result: 'taken' });
      logger.info('the tokens of the changed installation file are in force');
    },
    onFault(error) {
      changes.inc({ result: 'refused' });
      logger.error({ err: error }, 'the changed installation file is not taken; the one before stays in force');
    },
  });
  return { authorize: (request, reply) => check(request, reply), stop };
}
