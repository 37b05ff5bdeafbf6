import { z } from 'zod';

/** The variables of those who name or load a model: spread it into the service's own `z.object`. */
export const modelConfig = {
  TIDEWATCH_MODEL_DIR: z.string().default('models/retention'),
  TIDEWATCH_MODEL_VERSION: z
    .string()
    .regex(/^[1-9]\d*$/, 'must be the number of a model version')
    .optional(),
} as const;
