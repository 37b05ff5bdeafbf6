import { bgNbd, type BgNbdParameters } from './bg-nbd.ts';
import { mbgNbd } from './mbg-nbd.ts';
import { paretoNbd, type ParetoNbdParameters } from './pareto-nbd.ts';
import type { PurchaseModel } from './purchase-model.ts';

/** Parameters of each purchase model, by its name. */
export interface PurchaseParameters {
  readonly 'bg-nbd': BgNbdParameters;
  readonly 'mbg-nbd': BgNbdParameters;
  readonly 'pareto-nbd': ParetoNbdParameters;
}

export type PurchaseModelName = keyof PurchaseParameters;

const models: { readonly [M in PurchaseModelName]: PurchaseModel<PurchaseParameters[M]> } = {
  'bg-nbd': bgNbd,
  'mbg-nbd': mbgNbd,
  'pareto-nbd': paretoNbd,
};

/** The purchase model of that name. */
export function purchaseModelOf<M extends PurchaseModelName>(name: M): PurchaseModel<PurchaseParameters[M]> {
  return models[name];
}
