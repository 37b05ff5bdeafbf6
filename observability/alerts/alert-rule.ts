import type { InTwoLanguages } from '../../services/core/kpis/kpi-definition.ts';

/** Series of one promtool case, and how the alert stands `at` that time. */
export interface AlertCase {
  /** Series → values in promtool's notation, `0+10x20`, one a minute or as `sampledEvery` says. */
  readonly series: Readonly<Record<string, string>>;
  /** As `15m`. */
  readonly at: string;
}

/** A case in which it fires. */
export interface FiringCase extends AlertCase {
  /** Labels of the alert besides its name, severity and team. */
  readonly labels: Readonly<Record<string, string>>;
  /** What `{{ $value … }}` becomes in the annotations. */
  readonly value: string;
}

/** How it was seen to fire and to resolve: by a test that causes the fault, or why no fault can be caused here. */
export type TriedBy = { readonly test: string; readonly fault: string } | { readonly notHere: string };

/**
 * One alert about the health of the system. The entry is all there is: the rule, its promtool cases and its page of the
 * runbook are made from it.
 */
export interface AlertRule {
  /** CamelCase; its page is `docs/runbook/<name>.md`. */
  readonly name: string;
  /** `page` wakes somebody, `ticket` is for working hours. */
  readonly severity: 'page' | 'ticket';
  /** Who gets it: `platform` runs the system, `data` owns sources and models, `care` owns tasks and receivers. */
  readonly team: 'platform' | 'data' | 'care';
  readonly expr: string;
  /** How long it has to hold before it fires, as `5m`. */
  readonly holds: string;
  /** One line; may hold `{{ $labels.x }}`. */
  readonly summary: InTwoLanguages;
  /** What it means; may hold `{{ $labels.x }}` and `{{ $value | humanize }}`. */
  readonly description: InTwoLanguages;
  /** Steps to find the cause. */
  readonly check: readonly string[];
  /** Steps to end it. */
  readonly fix: readonly string[];
  /** Distance of the values in its cases; `1m` unless it looks back for days. */
  readonly sampledEvery?: '15m';
  readonly firing: FiringCase;
  readonly silent: AlertCase;
  readonly tried: TriedBy;
}

/** The tests that cause faults, by whose they are; named on the pages of the runbook. */
export const faultTests = {
  system: 'test/e2e/alerts/faults/alerts-fire.prove.test.ts',
  scorer: 'test/e2e/alerts/faults/scorer-faults.prove.test.ts',
  tasks: 'test/e2e/alerts/faults/task-faults.prove.test.ts',
  ingest: 'test/e2e/alerts/faults/ingest-faults.prove.test.ts',
} as const;
