import { z } from 'zod';

const probability = z.number().min(0).max(1);
const currency = z.string().describe('ISO 4217.');

/** What `scoreToJson` writes. */
export const scoreJsonSchema = z
  .object({
    customerRef: z.string().nullable().describe("The business's own id; null where it is itself personal."),
    customerId: z
      .string()
      .regex(/^~[0-9a-f]{32}$/)
      .describe('Pseudonym of the customer.'),
    tenant: z.string(),
    scoreId: z.string().describe('The same for the same event under the same activation, however often it is scored.'),
    version: z.int().min(1).describe('Applied records of the customer, this one included.'),
    asOf: z.iso.date().describe('First business day that the score does not know.'),
    modelVersion: z.string(),
    backend: z.string(),
    cause: z.enum(['event', 'day', 'late', 'link', 'activation']),
    churn: z
      .object({ 30: probability, 60: probability, 90: probability })
      .describe('Probability of no purchase within the next so many days.'),
    pAlive: probability.nullable(),
    expectedSpend90d: z
      .object({ mean: z.number(), median: z.number(), currency })
      .nullable()
      .describe('Major units of the reporting currency.'),
    clv: z
      .object({ mean: z.number(), low: z.number(), high: z.number(), horizonDays: z.int(), currency })
      .nullable()
      .describe('Value of what the customer will still buy, in major units.'),
    level: z.enum(['none', 'watch', 'high', 'critical']),
    tier: z.string().nullable(),
    stage: z.string().nullable(),
    reasons: z
      .array(
        z.object({
          code: z.string(),
          contribution: z.number(),
          text: z.object({ en: z.string(), 'zh-CN': z.string() }),
        }),
      )
      .nullable()
      .describe('At most four, the strongest first; null where none were asked for.'),
    nextBestAction: z.string().nullable(),
    degraded: z.boolean().describe('The figures are those of the last score that could be trusted.'),
    supersedes: z.string().nullable().describe('The score that this one replaces.'),
  })
  .meta({ id: 'Score' });
