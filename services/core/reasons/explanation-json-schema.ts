import { z } from 'zod';
import { reasonCodes } from './reason-code.ts';

const text = z.object({ en: z.string(), 'zh-CN': z.string() });
const probability = z.number().min(0).max(1);
const difference = z.object({
  baseline: z.number(),
  customer: z.number(),
  contributions: z.record(z.enum(reasonCodes), z.number()).describe('They add up to customer - baseline.'),
});

/** What `explanationToJson` writes. */
export const explanationJsonSchema = z.object({
  churn90: probability,
  comparedWith: z.enum(['median', 'mean']).describe('Whom the customer is compared with.'),
  reasons: z
    .array(
      z.object({
        code: z.enum(reasonCodes),
        contribution: z.number(),
        text,
        riskWithout: probability.describe('The same probability, were these figures the typical ones.'),
        remedy: text.describe('What would lower the risk.'),
      }),
    )
    .describe('At most four, the strongest first.'),
  risk: difference.describe('Of the logit of silence within 90 days.'),
  logValue: difference.describe('Of the natural log of the expected spend within 90 days.'),
});
