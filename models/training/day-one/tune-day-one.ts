import type { NetworkWeights } from '../../../services/platform/tensorflow/network-weights.ts';
import type { ClosedFormRequest } from '../fit-closed-form.ts';
import type { InputCoding } from '../input-coding.ts';
import type { OrderHistory } from '../order-history.ts';
import type { DayOneModel } from './day-one-model.ts';
import { fitShop } from './fit-shop.ts';
import { moveMoney } from './move-money.ts';
import { scaleInputs } from './scale-inputs.ts';

/** Options of `trainEnsemble` with which a shop's rows tune nets instead of making them. */
export interface TunedStart {
  readonly initial: readonly NetworkWeights[];
  readonly learningRate: number;
}

/** Gentle, so that a few hundred rows do not undo what many shops have taught. */
const learningRate = 3e-4;

/** Coding and start of nets that begin as the day-one model: its inputs in the shop's units, its heads in the shop's money. */
export function tuneDayOne(
  { nets, inputs, typical }: DayOneModel,
  history: OrderHistory,
  request: ClosedFormRequest,
  spendUnit: number,
): { coding: InputCoding; initial: TunedStart } {
  const shop = fitShop(history, request, typical);
  const factors = { spendMu: shop.medianOrder, logSpend: shop.medianOrder / spendUnit };
  return {
    coding: { inputs: scaleInputs(inputs, shop), closedForm: shop.closedForm, spendUnit },
    initial: { initial: nets.map((net) => moveMoney(net, factors)), learningRate },
  };
}
