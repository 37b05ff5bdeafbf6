import type { BilingualText } from './bilingual-text.ts';
import type { ReasonCode } from './reason-code.ts';

/** One reason for which a customer is more at risk than the one compared with. */
export interface Reason {
  readonly code: ReasonCode;
  /** What it adds to the uncalibrated logit of silence within 90 days, above 0. */
  readonly contribution: number;
  /** Names the figures of the customer that count most, beside the typical ones. */
  readonly text: BilingualText;
  /** P(no purchase within 90 days), calibrated, if these figures were the typical ones and all others as they are. */
  readonly riskWithout: number;
  /** What would lower the risk. */
  readonly remedy: BilingualText;
}

/** A figure of the customer against that of the baseline, taken apart by reason. */
export interface ExplainedDifference {
  readonly baseline: number;
  readonly customer: number;
  /** What each reason adds; the sum is customer - baseline within `completenessGap`. Inputs are in one reason each. */
  readonly contributions: Readonly<Record<ReasonCode, number>>;
  /** Steps of the integration. */
  readonly steps: number;
}

/** Why a model says of a customer what it says. */
export interface Explanation {
  /** Whom the customer is compared with: the median customer of the model's data, or the mean of its inputs. */
  readonly comparedWith: 'median' | 'mean';
  /** P(no purchase within 90 days), calibrated. */
  readonly churn90: number;
  /** At most four, the strongest first. */
  readonly reasons: readonly Reason[];
  /** The uncalibrated logit of silence within 90 days. */
  readonly risk: ExplainedDifference;
  /** The natural log of the expected spend within 90 days, before its calibration. */
  readonly value: ExplainedDifference;
}
