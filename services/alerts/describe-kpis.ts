import { z } from 'zod';
import { kpiDimensions } from '../core/kpis/kpi-dimension.ts';
import { scorecardJsonSchema } from '../core/kpis/scorecard/scorecard-json-schema.ts';
import type { ApiDescription } from '../platform/http/api-description.ts';

const scorecard = {
  ...scorecardJsonSchema.shape,
  cells: z
    .record(z.string(), z.number())
    .describe('What the values are made of: whole numbers, added up over customers.'),
};

/** What is told of KPIs, for `/openapi.json`. */
export const kpiOperations: ApiDescription['operations'] = {
  'GET /v1/kpis': {
    tag: 'kpis',
    access: 'token',
    summary: 'The scorecard of a period: KPIs with targets, trends and their composite',
    query: z.object({
      period: z.string().optional().describe('2026-11-28, 2026-W48, 2026-11, 2026-Q4, 2026-H2 or 2026; this month.'),
      kpi: z.string().optional().describe('One of them; all that can be asked for such a period where absent.'),
      by: z
        .enum(kpiDimensions)
        .optional()
        .describe(
          'A scorecard for each part too, of a month or longer; `staff` needs a token with the role `staff-performance`.',
        ),
      value: z.string().optional().describe('With `by`: this part alone.'),
    }),
    answers: {
      200: {
        description: 'As counted by now; facts that come late change it.',
        schema: z.object({
          plan: z.string().describe('Version of the targets.'),
          by: z.enum(kpiDimensions).nullable(),
          ...scorecard,
          slices: z.array(z.object(scorecard)).describe('In the order of their names; empty without `by`.'),
        }),
      },
    },
    problems: [400, 403, 404, 503],
  },
};
