import { z } from 'zod';
import { kpiDimensions } from '../core/kpis/kpi-dimension.ts';
import { periodKinds } from '../core/kpis/period.ts';
import type { ApiDescription } from '../platform/http/api-description.ts';

const figures = {
  value: z.number().nullable().describe('Null where something would be divided by 0.'),
  cells: z
    .record(z.string(), z.number())
    .describe('What the value is made of: whole numbers, added up over customers.'),
  target: z.object({ least: z.number().nullable(), most: z.number().nullable() }).nullable(),
  light: z.enum(['green', 'amber', 'red']).nullable(),
};

const kpi = z
  .object({
    key: z.string(),
    version: z.int().describe('Of the definition the value was computed by.'),
    handbook: z.string().describe('Number in the handbooks, N1 to N26.'),
    name: z.object({ en: z.string(), 'zh-CN': z.string() }),
    unit: z.string().describe('share and ratio are 0 to 1 or more, money minor units, times milliseconds.'),
    direction: z.enum(['up', 'down', 'none']),
    ...figures,
    slices: z.array(z.object({ slice: z.string().describe('As `channel=web`.'), ...figures })),
  })
  .meta({ id: 'KpiValue' });

/** What is told of KPIs, for `/openapi.json`. */
export const kpiOperations: ApiDescription['operations'] = {
  'GET /v1/kpis': {
    tag: 'kpis',
    access: 'token',
    summary: 'KPIs of a period, with the cells they are made of',
    query: z.object({
      period: z.string().optional().describe('2026-11-28, 2026-W48, 2026-11, 2026-Q4, 2026-H2 or 2026; this month.'),
      kpi: z.string().optional().describe('One of them; all that can be asked for such a period where absent.'),
      by: z.enum(kpiDimensions).optional().describe('Splits them; those that cannot be split so are left out.'),
    }),
    answers: {
      200: {
        description: 'As counted by now; facts that come late change it.',
        schema: z.object({
          tenant: z.string(),
          currency: z.string().describe('Of every amount, ISO 4217.'),
          period: z.string(),
          periodKind: z.enum(periodKinds),
          by: z.enum(kpiDimensions).nullable(),
          plan: z.string().describe('Version of the targets.'),
          kpis: z.array(kpi),
        }),
      },
    },
    problems: [400, 404, 503],
  },
};
