import { hash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireBearer } from '../../../../services/platform/http/bearer-auth.ts';
import { createHttpServer } from '../../../../services/platform/http/http-server.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';

let server: FastifyInstance;

beforeEach(() => {
  server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
  });
  const preHandler = requireBearer(
    ['demo', 'shop'].map((tenant) => ({
      hash: hash('sha256', `token-of-${tenant}`, 'hex'),
      tenant,
      ...(tenant === 'shop' && { roles: ['staff-performance'] as const }),
    })),
  );
  server.get('/who', { preHandler }, (request) => ({ tenant: request.tenant, roles: request.tokenRoles }));
});

afterEach(() => server.close());

describe('requireBearer', () => {
  it.each([
    ['Bearer token-of-demo', 'demo', []],
    ['bearer  token-of-shop', 'shop', ['staff-performance']],
  ])('lets "%s" pass as tenant %s', async (authorization, tenant, roles) => {
    const answer = await server.inject({ url: '/who', headers: { authorization } });
    expect(answer.json()).toEqual({ tenant, roles });
  });

  it.each([
    'Bearer token-of-dem', 'Bearer token-of-demoo', 'Bearer', 'Bearer ', 'Basic token-of-demo', 'token-of-demo', '',
    'Bearer token-of-demo token-of-shop',
  ])('refuses "%s" with 401 and a challenge', async (authorization) => {
    const answer = await server.inject({ url: '/who', headers: { authorization } });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.json()).toMatchObject({ code: 'ERR_UNAUTHORIZED' });
    expect(answer.body).not.toContain('token-of');
  }); // prettier-ignore

  it('refuses a request without the header', async () => {
    expect((await server.inject('/who')).statusCode).toBe(401);
  });
});
