import { z } from 'zod';
import type { ApiDescription } from '../platform/http/api-description.ts';
import { effectRowJsonSchema } from '../core/uplift/effect-json-schema.ts';

/** What is told of the effects of playbooks, for `/openapi.json`. */
export const effectsOperations: ApiDescription['operations'] = {
  'GET /v1/effects': {
    tag: 'effects',
    access: 'token',
    summary: 'What playbooks changed: treated against held out, with intervals',
    query: z.object({
      playbook: z.string().min(1).max(200).optional(),
      segment: z.string().min(1).max(200).optional().describe('Tier and stage as tasks name them.'),
    }),
    answers: {
      200: {
        description: 'All playbooks together, then each with its segments; those that were asked for.',
        schema: z.object({
          marginRate: z.number().describe('Share of revenue that is margin, which money is counted with.'),
          suppressed: z.array(z.string()).describe('`playbook|segment` that playbooks leave alone.'),
          rows: z.array(effectRowJsonSchema),
        }),
      },
    },
    problems: [400],
  },
};
