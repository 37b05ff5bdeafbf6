import type { Finding, LintRule } from './lint-dashboard.ts';

interface LintException {
  readonly rules: readonly LintRule[];
  readonly dashboard: string;
  /** Null for every panel of the dashboard. */
  readonly panel: string | null;
  readonly reason: string;
}

/** Where a rule of dashboard-linter is not to hold, and why. */
export const lintExceptions: readonly LintException[] = [
  {
    rules: ['target-job-rule', 'target-instance-rule'],
    dashboard: 'tidewatch-business-kpis',
    panel: null,
    reason: 'recorded values are of a tenant; rules take the same figure of whichever process tells it',
  },
  {
    rules: ['target-job-rule', 'target-instance-rule'],
    dashboard: 'tidewatch-system-health',
    panel: 'Alerts firing · 触发中的告警',
    reason: 'alerts over several services have no job and no instance',
  },
];

export function isExcepted({ rule, dashboard, panel }: Finding): boolean {
  return lintExceptions.some(
    (each) =>
      each.rules.includes(rule) && each.dashboard === dashboard && (each.panel === null || each.panel === panel),
  );
}
