import { z } from 'zod';
import { integerSetting } from './config-values.ts';

const longestSessionMs = 300_000;

/** The variables of services that read a topic: spread it into the service's own `z.object`. */
export const consumerConfig = {
  // The broker refuses less than six seconds.
  TIDEWATCH_SESSION_TIMEOUT_MS: integerSetting(6_000, longestSessionMs).default(10_000),
  TIDEWATCH_WHEN_OFFSET_LOST: z.enum(['resume', 'stop'], 'must be resume or stop').default('resume'),
} as const;
