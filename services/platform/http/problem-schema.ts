import { z } from 'zod';

/** The body of every error (RFC 9457), as `problem.ts` has it. */
export const problemSchema = z
  .object({
    type: z.string().describe('`urn:tidewatch:error:<CODE>`, or `about:blank` where the status says all there is.'),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().describe('What is wrong, where, and what to do.'),
    code: z.string().optional().describe('The error code; absent where `type` is `about:blank`.'),
  })
  .meta({ id: 'Problem' });
