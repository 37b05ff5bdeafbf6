import type { ExplainableModel } from '../ports/explainable-model.ts';
import { inOneGo } from '../sliced.ts';
import type { ScoreReason } from '../scoring/score.ts';
import { createReasonFinder, type FoundFor } from './reason-finder.ts';

/**
 * The reasons of one score, the strongest first, at most four. They depend on the customer's vector, the model and the
 * currency alone, whatever else is scored beside it.
 */
export type ReasonTeller = (customer: FoundFor) => readonly ScoreReason[];

/** Steps that a score's reasons may cost; an explanation that somebody asks for takes more where it needs them. */
const maxSteps = 64;

/** Builds what tells the reasons of scores: an explanation without what would lower the risk. */
export function createReasonTeller(model: ExplainableModel, featureNames: readonly string[]): ReasonTeller {
  const { find } = createReasonFinder(model, featureNames);
  return (customer) =>
    inOneGo(find(customer, maxSteps)).told.map(({ code, contribution, text: { en, zhCN } }) => ({
      code,
      contribution,
      en,
      zhCN,
    }));
}
