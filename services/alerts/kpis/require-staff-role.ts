import type { FastifyRequest } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import type { KpiDimension } from '../../core/kpis/kpi-dimension.ts';
import type { ApiRole } from '../../core/api-role.ts';

const role: ApiRole = 'staff-performance';

/**
 * How single members of staff do is shown to permitted roles only. Who asked, by the name of the token, is logged.
 * @throws EngineError ERR_FORBIDDEN
 */
export function requireStaffRole(
  by: KpiDimension | null,
  { log, tenant, tokenName, tokenRoles }: Pick<FastifyRequest, 'log' | 'tenant' | 'tokenName' | 'tokenRoles'>,
): void {
  if (by !== 'staff') return;
  if (tokenRoles?.includes(role) === true) {
    log.info({ tenant, token: tokenName }, 'KPIs by staff were asked for and shown');
    return;
  }
  log.warn({ tenant, token: tokenName }, 'KPIs by staff were asked for without the role and not shown');
  const message = `KPIs by staff need a token with the role ${role}; make one with "tidewatch token create --role ${role}".`;
  throw new EngineError('ERR_FORBIDDEN', message, { retryable: false });
}
