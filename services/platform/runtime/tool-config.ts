import { z } from 'zod';
import { commonConfig } from './common-config.ts';

/** Configuration of a command that works on a running stack: what every service reads, and nothing else. */
export const toolConfig = z.object(commonConfig);
