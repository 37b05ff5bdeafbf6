import { hash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { alertsApi } from '../../../../services/alerts/alerts-operations.ts';
import { addEffectsRoutes } from '../../../../services/alerts/effects/effects-routes.ts';
import { addEffectsMetrics } from '../../../../services/alerts/effects-metrics.ts';
import { EffectBook } from '../../../../services/core/uplift/effect-book.ts';
import { reportEffects } from '../../../../services/core/uplift/effect-report.ts';
import { requireBearer } from '../../../../services/platform/http/bearer-auth.ts';
import { createHttpServer } from '../../../../services/platform/http/http-server.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';
import { aTask } from '../../../support/a-task.ts';
import { expectDescribed } from '../../../support/expect-described.ts';
import { routesBelow } from '../../../support/routes-below.ts';

interface Answer {
  suppressed: string[];
  rows: { playbook: string | null; segment: string | null }[];
}

/** 400 customers of two segments, one in four held out; the treated of segment `bad` leave. */
function aBook(): EffectBook {
  const book = new EffectBook();
  for (let i = 0; i < 1600; i += 1) {
    const arm = i % 4 === 0 ? 'holdout' : 'treated';
    const segment = i % 8 < 4 ? 'bad' : 'good';
    const churned = (arm === 'treated') === (segment === 'bad');
    const measured = {
      until: Date.UTC(2026, 3, 15),
      purchases: churned ? 0 : 1,
      revenueMinor: churned ? 0 : 900,
      churned,
    };
    const surrogate = i.toString(16).padStart(32, '0');
    book.add(aTask({ taskId: surrogate, surrogate, arm, segment, holdoutShare: 0.25, measured }));
  }
  return book;
}

describe('GET /v1/effects', () => {
  const book = aBook();
  const tokens = ['demo', 'other'].map((tenant) => ({ hash: hash('sha256', `${tenant}-token`, 'hex'), tenant }));
  const server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('alerts'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
    api: routesBelow(alertsApi, '/v1/effects'),
  });
  const report = (tenant: string) => {
    return reportEffects(
      book.tallies.filter(({ draw }) => draw.tenant === tenant),
      0.3,
    );
  };
  addEffectsRoutes(server, { effects: { report }, authorize: requireBearer(tokens) });
  afterAll(() => server.close());

  async function get(query: string, token = 'demo-token') {
    const headers = { authorization: `Bearer ${token}` };
    const response = await server.inject({ url: `/v1/effects${query}`, headers });
    return { status: response.statusCode, body: response.json<Answer>() };
  }

  it('answers as described: all playbooks, each of them, its segments, and who is left alone', async () => {
    const { body } = await get('');
    expectDescribed(alertsApi, 'GET /v1/effects', body);
    expect(body.rows.map(({ playbook, segment }) => [playbook, segment])).toEqual([
      [null, null],
      ['wake-dormant', null],
      ['wake-dormant', 'bad'],
      ['wake-dormant', 'good'],
    ]);
    expect(body.suppressed).toEqual(['wake-dormant|bad']);
    const { rows } = (await get('?playbook=wake-dormant&segment=good')).body;
    expect(rows).toEqual([body.rows[3]]);
    expect((await get('?playbook=none')).body.rows).toEqual([]);
  });

  it('shows a caller its own tenant alone, and nothing without a token', async () => {
    const { body } = await get('', 'other-token');
    expectDescribed(alertsApi, 'GET /v1/effects', body);
    expect(body.rows).toMatchObject([
      { playbook: null, customers: { treated: { opened: 0 }, undrawn: 0 }, churn: null },
    ]);
    expect((await get('', 'wrong')).status).toBe(401);
  });

  it.each(['?plabook=x', '?playbook=', '?segment=a&segment=b'])('refuses %s', async (query) => {
    expect((await get(query)).status).toBe(400);
  });

  it('exports effects and the alarm of each playbook', async () => {
    const metrics = createMetrics('alerts');
    addEffectsMetrics(metrics, () => book.tallies);
    const text = await metrics.registry.metrics();
    expect(text).toContain('tidewatch_uplift_sample_ratio_mismatch{playbook="wake-dormant"} 0');
    const [row] = report('demo').playbooks;
    const line = `tidewatch_uplift_effect{playbook="wake-dormant",outcome="churn",bound="always_high"} ${row.churn!.alwaysHigh}`;
    expect(text).toContain(line);
  });
});
