/** When the budget of errors burns so fast that somebody must look: over a long window, and still over a short one. */
export interface BurnAlert {
  /** Ends the name of the alert. */
  readonly suffix: string;
  readonly long: string;
  readonly short: string;
  /** Times as fast as would use the budget up in exactly 30 days. */
  readonly factor: number;
  readonly severity: 'page' | 'ticket';
  /** What is gone of the budget of 30 days when it fires. */
  readonly spent: string;
}

/** The windows and factors that the SRE Workbook recommends (chapter 5). */
export const burnAlerts: readonly BurnAlert[] = [
  { suffix: 'BurnsFast', long: '1h', short: '5m', factor: 14.4, severity: 'page', spent: '2 %' },
  { suffix: 'Burns', long: '6h', short: '30m', factor: 6, severity: 'page', spent: '5 %' },
  { suffix: 'BurnsSlowly', long: '3d', short: '6h', factor: 1, severity: 'ticket', spent: '10 %' },
];

export const burnWindows: readonly string[] = ['5m', '30m', '1h', '6h', '3d'];
