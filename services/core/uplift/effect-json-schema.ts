import { z } from 'zod';

const effect = z
  .object({
    treated: z.number(),
    holdout: z.number(),
    difference: z.number().describe('Treated minus holdout.'),
    low: z.number().describe('95 % interval for one look at a time fixed beforehand.'),
    high: z.number(),
    alwaysLow: z.number().describe('95 % interval that holds however often it is looked at.'),
    alwaysHigh: z.number(),
    customers: z.object({ treated: z.int(), holdout: z.int() }),
  })
  .meta({ id: 'Effect' });

const arm = z.object({ opened: z.int(), measured: z.int() });

/** An `EffectRow` as the HTTP interface and `tidewatch uplift report` show it: member for member. */
export const effectRowJsonSchema = z
  .object({
    playbook: z.string().nullable().describe('Null for all playbooks.'),
    segment: z.string().nullable().describe('Tier and stage as the task was opened; null for all segments.'),
    customers: z.object({
      treated: arm,
      holdout: arm,
      undrawn: z.int().describe('Treated while the playbook held nobody out; they say nothing about an effect.'),
    }),
    sampleRatio: z
      .object({
        observed: z.number(),
        expected: z.number(),
        isMismatch: z.boolean().describe('The arms are not as they were drawn: trust no effect.'),
      })
      .nullable(),
    churn: effect.nullable().describe('Share without a purchase within the window; null below 30 customers in an arm.'),
    repurchase: effect.nullable().describe('Share with a purchase within the window.'),
    margin: effect.nullable().describe('Per customer, in minor units of the reporting currency; a mean, so fractions.'),
    returnOnSpend: z
      .object({
        incrementalMargin: z.int().describe('Whole minor units.'),
        low: z.int(),
        high: z.int(),
        cost: z.int(),
        ratio: z.number().nullable().describe('(incremental margin − cost) ÷ cost; null while nothing was spent.'),
      })
      .nullable(),
    harms: z.boolean().describe('Contact is shown to drive this segment away; the playbook leaves it alone.'),
  })
  .meta({ id: 'EffectRow' });
