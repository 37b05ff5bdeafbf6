import type { AlertGroups } from '../alerts/render-alert-rules.ts';
import type { DashboardJson } from '../lint/lint-dashboard.ts';
import { readPromql } from './read-promql.ts';

/** An expression and where it stands: `panel …`, `variable …` or `alert …`. */
export interface PlacedExpression {
  readonly place: string;
  readonly expr: string;
}

/** Every expression of these dashboards. */
export function panelExpressions(boards: readonly DashboardJson[]): readonly PlacedExpression[] {
  return boards.flatMap(({ uid, panels, templating }) => [
    ...panels.flatMap(({ title = '', targets = [] }) =>
      targets.map(({ expr = '' }) => ({ place: `panel ${uid}: ${title}`, expr })),
    ),
    ...(templating?.list ?? []).flatMap(({ name, query }) => {
      const text = typeof query === 'object' ? query.query : (query ?? '');
      const asked = /^label_values\((.+), *\w+\)$/.exec(text)?.[1];
      return asked === undefined ? [] : [{ place: `variable ${uid}: ${name}`, expr: asked }];
    }),
  ]);
}

export function alertExpressions(groups: AlertGroups): readonly PlacedExpression[] {
  return Object.values(groups)
    .flat()
    .map(({ name, expr }) => ({ place: `alert ${name}`, expr }));
}

/** The places that name a series nobody has, with its name. */
export function findUnknownMetrics(
  expressions: readonly PlacedExpression[],
  known: ReadonlySet<string>,
): readonly string[] {
  return expressions.flatMap(({ place, expr }) =>
    readPromql(expr).selectors.flatMap(({ metric }) =>
      metric !== null && known.has(metric) ? [] : [`${place} reads ${metric ?? 'series without a name'}`],
    ),
  );
}
