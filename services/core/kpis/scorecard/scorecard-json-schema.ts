import { z } from 'zod';

const bounds = {
  least: z.number().nullable().describe('Null is open.'),
  most: z.number().nullable(),
};

const trend = z
  .object({
    value: z.number().describe('What the KPI was.'),
    difference: z.number().describe('Now minus then, in the unit of the KPI.'),
    relative: z.number().nullable().describe('Difference ÷ what it was; null where it was 0 or below.'),
    isBetter: z.boolean().nullable().describe('Null where it did not move, or has no direction.'),
  })
  .meta({ id: 'KpiTrend' });

const kpi = z
  .object({
    key: z.string(),
    version: z.int().describe('Of the definition the value was computed by.'),
    handbook: z.string().describe('Number in the handbooks, N1 to N26.'),
    name: z.object({ en: z.string(), 'zh-CN': z.string() }),
    unit: z.string().describe('share and ratio are 0 to 1, index 0 to 100, money minor units, times milliseconds.'),
    direction: z.enum(['up', 'down', 'none']),
    owners: z.array(z.string()),
    value: z.number().nullable().describe('Null where something would be divided by 0.'),
    target: z
      .object({ ...bounds, amber: z.object(bounds).describe('Beyond it is red.') })
      .nullable()
      .describe('From least to most, in the unit of the KPI.'),
    weight: z.number().describe('Of 100 over all KPIs.'),
    achievement: z.number().nullable().describe('0 to 100; 100 is the target reached.'),
    light: z.enum(['green', 'amber', 'red']).nullable(),
    previous: trend.nullable().describe('Against the period before.'),
    yearBefore: trend.nullable().describe('Against the same period a year before.'),
    industry: z.number().nullable().describe('Typed in; never measured here.'),
    aboveIndustry: z.number().nullable().describe('Value ÷ industry - 1.'),
  })
  .meta({ id: 'KpiLine' });

/** What `scorecardToJson` makes. */
export const scorecardJsonSchema = z
  .object({
    tenant: z.string(),
    currency: z.string().describe('Of every amount, ISO 4217.'),
    period: z.string().describe('2026-11-28, 2026-W48, 2026-11, 2026-Q4, 2026-H2 or 2026.'),
    periodKind: z.enum(['day', 'week', 'month', 'quarter', 'half', 'year']),
    slice: z.object({ dimension: z.string(), value: z.string() }).nullable().describe('Null is the whole.'),
    composite: z.object({
      score: z.number().nullable().describe('0 to 100, over the KPIs that have a value and a target.'),
      coveredWeight: z.number().describe('Weight of those KPIs.'),
      weight: z.number().describe('Weight of all KPIs shown.'),
    }),
    kpis: z.array(kpi),
  })
  .meta({ id: 'Scorecard' });
