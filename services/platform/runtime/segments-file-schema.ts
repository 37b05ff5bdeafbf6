import { z } from 'zod';
import type { Comparison, Condition } from '../../core/segments/segments-document.ts';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be a name of small letters, digits and "_", like "often"');
const stageCause = z.string().regex(/^[a-z][a-z-]{0,39}$/, 'must be a word of small letters and "-", like "silence"');
const finite = z.number('must be a number');
const share = finite.min(0, 'must be 0 to 1').max(1, 'must be 0 to 1');
const label = z.strictObject({ en: z.string().min(1), zhCN: z.string().min(1) });
const slack = finite.min(0, 'must be 0 to 0.9').max(0.9, 'must be 0 to 0.9');

const bound = z.union(
  [finite, name, z.strictObject({ times: z.union([finite, name]), of: name, floor: z.union([finite, name]) })],
  'must be a number, the name of a parameter or cut-off, or { times, of, floor }',
);
const comparators = ['at_least', 'more_than', 'at_most', 'below', 'known'] as const;
const comparison: z.ZodType<Comparison> = z
  .strictObject({
    measure: name,
    at_least: bound.optional(),
    more_than: bound.optional(),
    at_most: bound.optional(),
    below: bound.optional(),
    known: z.boolean().optional(),
    hysteresis: slack.optional(),
  })
  .refine(
    (each) => comparators.filter((comparator) => each[comparator] !== undefined).length === 1,
    `must have exactly one of ${comparators.join(', ')}`,
  );
const conditions = z.lazy(() => z.array(condition).min(1, 'must hold a condition').max(20, 'may hold 20 conditions'));
const condition: z.ZodType<Condition> = z.lazy(() =>
  z.unknown().transform((value, context): Condition => {
    const result = shapeOf(value).safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) context.issues.push({ ...issue, input: value } as never);
    return z.NEVER;
  }),
);

/** Which of the three forms is meant is told by a key, so that a fault is told of that form alone. */
function shapeOf(value: unknown): z.ZodType<Condition> {
  const isObject = typeof value === 'object' && value !== null;
  if (isObject && 'all' in value) return z.strictObject({ all: conditions });
  return isObject && 'any' in value ? z.strictObject({ any: conditions }) : comparison;
}

const measure = z.union(
  [
    z.strictObject({ feature: name, optional: z.boolean().default(false) }),
    z.strictObject({ weights: z.record(name, finite), scale: z.enum(['plain', 'log']) }),
    z.strictObject({ of: name, to: name, times: finite.default(1) }),
  ],
  'must be { feature, optional }, { weights, scale } or { of, to, times }',
);

const common = { label, hysteresis: slack.default(0), announced: z.boolean().default(true) };
const criteria = z.strictObject({
  mode: z.literal('criteria'),
  ...common,
  cutoffs: z
    .record(name, z.strictObject({
      measure: name, quantile: share, among: condition.optional(), initial: finite.optional(),
    }))
    .default({}),
  tiers: z.array(z.strictObject({ name, label, when: condition.optional() })).min(2, 'must hold two tiers').max(20),
}); // prettier-ignore
const shares = z.strictObject({
  mode: z.literal('share'),
  ...common,
  tiers: z
    .array(z.strictObject({ name, label, share, by: name.optional() }))
    .min(2, 'must hold two tiers')
    .max(20),
});
const rfm = z.strictObject({
  mode: z.literal('rfm'),
  ...common,
  recency: name,
  frequency: name,
  monetary: name,
  parts: z.number().int().min(2, 'must be 2 to 9').max(9, 'must be 2 to 9'),
  among: condition,
});
const machine = z.strictObject({
  label,
  announced: z.boolean().default(true),
  initial: name,
  applies: condition.optional(),
  stages: z
    .array(z.strictObject({ name, label, report: z.enum(['none', 'new', 'old', 'lapsed']) }))
    .min(2, 'must hold two stages')
    .max(20),
  transitions: z
    .array(z.strictObject({ from: z.array(name).min(1), to: name, because: stageCause, when: condition }))
    .max(100),
});
const primary = z.strictObject({ tiers: name, stages: name });
const parameters = z.record(name, finite).default({});
const value = {
  margin: finite.gt(0, 'must be above 0 and at most 1').max(1, 'must be above 0 and at most 1'),
  discount_rate: finite.min(0, 'must be 0 to 1, per year').max(1, 'must be 0 to 1, per year'),
  // below 90 days the model itself says all there is to say
  horizon_days: finite
    .int('must be a whole number of days')
    .min(90, 'must be 90 to 3650 days')
    .max(3650, 'must be 90 to 3650 days'),
  coverage: finite.min(0.5, 'must be 0.5 to 0.99').max(0.99, 'must be 0.5 to 0.99'),
  drift: finite.min(0, 'must be 0 to 2').max(2, 'must be 0 to 2'),
};
const partOfValue = z.strictObject(value).partial().optional();

/** A segment configuration as it stands in its file. */
export const segmentsFileSchema = z.strictObject({
  format: z.literal(1),
  /** What the business calls this state of its configuration; activations carry it. */
  version: z.string().regex(/^[\w.-]{1,64}$/, 'must be a text of letters, digits, ".", "_" and "-", like "2026-11"'),
  industry: name,
  primary,
  parameters,
  value: z
    .strictObject({
      margin: value.margin.default(1),
      discount_rate: value.discount_rate.default(0.1),
      horizon_days: value.horizon_days.default(913),
      coverage: value.coverage.default(0.8),
      drift: value.drift.default(0.1),
    })
    .prefault({}),
  industries: z.record(name, z.strictObject({ parameters, primary: primary.optional(), value: partOfValue })),
  measures: z.record(name, measure).default({}),
  schemes: z.record(
    name,
    z.discriminatedUnion('mode', [criteria, shares, rfm], 'must have a mode: criteria, share or rfm'),
  ),
  machines: z.record(name, machine).default({}),
  tenants: z
    .record(z.string(), z.strictObject({ industry: name.optional(), primary: primary.optional(), value: partOfValue }))
    .default({}),
});
