import { isoFromEpochDay } from '../../services/core/events/epoch-day.ts';
import { isActive, type CutTable } from './cut-table.ts';
import { dataFileError } from './data-file-error.ts';

/** Refuses cuts at which there is nothing to tell apart. */
export function checkOutcomes(tables: readonly CutTable[]): void {
  for (const table of tables) {
    const active = table.rows.filter(isActive);
    const silent = active.filter((row) => row.outcome.silent[2]).length;
    if (silent > 0 && silent < active.length) continue;
    const cut = isoFromEpochDay(table.cut);
    throw dataFileError(
      silent === 0
        ? `After ${cut} every customer bought again within 90 days, so there is no churn to learn from; give orders of more customers or a longer history.`
        : `After ${cut} no customer bought again within 90 days, so everybody counts as churned; check that timestamps are mapped rightly and that the file is complete.`,
    );
  }
}
