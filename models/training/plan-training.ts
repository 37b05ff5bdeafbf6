import { isoFromEpochDay } from '../../services/core/events/epoch-day.ts';
import type { EpochDay } from '../../services/core/units.ts';
import { minTrainingDays, planCuts, type CutPlan } from './cut-plan.ts';
import { dataFileError } from './data-file-error.ts';
import type { OrderHistory } from './order-history.ts';
import { rollingCuts } from './rolling-cuts.ts';

/** Plans the cuts of a history, or says why nothing can be learnt from it. */
export function planTraining(history: OrderHistory, until: EpochDay, horizonDays: number): CutPlan {
  if (history.customers.size < 2) {
    throw dataFileError('The orders are of one customer only; check that customer_id is mapped to the right column.');
  }
  if (history.lastDay < until - 31) {
    const last = isoFromEpochDay(history.lastDay);
    throw dataFileError(
      `The last order before --until is of ${last}, so everybody would seem to have stopped buying; set --until to the day after it.`,
    );
  }
  const plan = planCuts(rollingCuts(history.firstDay, until, horizonDays), horizonDays);
  if (plan !== null) return plan;
  throw dataFileError(
    `The orders before --until span ${until - history.firstDay} days; training needs ${minTrainingDays(horizonDays)}. Add older orders or set a later --until.`,
  );
}
