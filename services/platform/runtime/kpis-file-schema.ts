import { z } from 'zod';
import { kpiDimensions } from '../../core/kpis/kpi-dimension.ts';
import type { KpisDocument } from '../../core/kpis/kpi-document.ts';
import { periodKinds } from '../../core/kpis/period.ts';
import { channels } from '../../core/events/channels.ts';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, 'must be a name of small letters, digits, "-" and "_", like "service"');
const key = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be the key of a KPI, like "csat_share"');
const label = z.strictObject({ en: z.string().min(1), zhCN: z.string().min(1) });
const figure = z.union([
  z.number().min(-1e12, 'must be -1e12 to 1e12').max(1e12, 'must be -1e12 to 1e12'),
  z.string().regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, 'must be a number, or a time like "24h" or "500ms"'),
]);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like "2026-12-31"');
const period = z.enum(periodKinds);

const target = z.strictObject({
  at_least: figure.nullable().default(null),
  at_most: figure.nullable().default(null),
  amber_from: figure.nullable().default(null),
  amber_to: figure.nullable().default(null),
});
const targets = z.partialRecord(z.enum([...periodKinds, 'any']), target);
const targetsByKpi = z.record(key, targets).default({});

const kpi = z.strictObject({
  weight: z.number().min(0, 'must be 0 to 100').max(100, 'must be 0 to 100').default(0),
  owner: name,
  shared_with: z.array(name).default([]),
  review: z.strictObject({ every: period, next: date }),
  targets: targets.default({}),
  industry: figure.nullable().default(null),
  benchmarks: z
    .array(
      z.strictObject({
        from: figure.nullable().default(null),
        to: figure.nullable().default(null),
        text: label,
        source: z.string().regex(/^\d{3}$/, 'must be the number of a handbook, like "001"'),
      }),
    )
    .default([]),
});

const referenceSet = z.strictObject({
  label,
  source: z.string().min(1),
  adds_up: z.boolean().default(true),
  shares: z.record(name, z.number().min(0, 'must be 0 to 1').max(1, 'must be 0 to 1')),
});

/** The form of a file of KPIs (docs/reference/kpi-plan.md); what names refer to is checked after it. */
export const kpisFileSchema: z.ZodType<KpisDocument> = z.strictObject({
  format: z.literal(1),
  version: z.string().min(1).max(40),
  counting: z.strictObject({
    online_channels: z.array(z.enum(channels)).min(1, 'must hold a channel'),
    winback_playbooks: z.array(name),
    attribution_days: z.number().int('must be whole days').min(1, 'must be 1 to 365').max(365, 'must be 1 to 365'),
    cross_sell_words: z.array(z.string().min(1)).min(1, 'must hold a word'),
  }),
  departments: z.record(name, z.strictObject({ label })),
  owners: z.record(name, z.strictObject({ label, department: name })),
  profile: name,
  tenants: z.record(z.string().min(1), z.strictObject({ profile: name })).default({}),
  profiles: z.record(name, z.strictObject({ label, targets: targetsByKpi })),
  kpis: z.record(key, kpi),
  groups: z
    .record(
      name,
      z.strictObject({
        label,
        department: name,
        dimension: z.enum(kpiDimensions),
        value: z.string().min(1),
        targets: targetsByKpi,
      }),
    )
    .default({}),
  reports: z.record(
    name,
    z.strictObject({ label, every: z.array(period).min(1, 'must hold a period'), kpis: z.array(key).default([]) }),
  ),
  aliases: z.record(z.string().min(1), key).default({}),
  ambiguous: z.record(z.string().min(1), z.array(key).min(2, 'must hold two keys at least')).default({}),
  reference_sets: z.record(name, referenceSet).default({}),
});
