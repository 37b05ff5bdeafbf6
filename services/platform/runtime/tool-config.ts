import { z } from 'zod';
import { commonConfig } from './common-config.ts';
import { modelConfig } from './model-config.ts';

/** Configuration of a command that works on a running stack: what every service reads, and the models. */
export const toolConfig = z.object({ ...commonConfig, ...modelConfig });
