import { z } from 'zod';

/** The variables of those who put a model and its segment configuration in force, or load them: spread it into the service's own `z.object`. */
export const modelConfig = {
  TIDEWATCH_MODEL_DIR: z.string().default('models/retention'),
  TIDEWATCH_MODEL_VERSION: z
    .string()
    .regex(/^[1-9]\d*$/, 'must be the number of a model version')
    .optional(),
  TIDEWATCH_BACKEND: z
    .enum(['wasm', 'cpu', 'native'], 'must be wasm, cpu or native')
    .default('wasm')
    .transform((name) => (name === 'native' ? 'tensorflow' : name)),
  TIDEWATCH_SEGMENTS_FILE: z.string().optional(),
} as const;
