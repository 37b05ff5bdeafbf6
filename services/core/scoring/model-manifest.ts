import type { ClosedFormParameters } from '../btyd/closed-form.ts';

/** How one feature becomes one model input. `defined` gives 1 where the feature has a value and 0 where it has none. */
export interface ModelInput {
  readonly name: string;
  /** A feature of the catalogue, or one of the closed form's (`closedFormNames`). */
  readonly feature: string;
  /** log1p is signed: sign(x) * ln(1 + |x|). */
  readonly transform: 'identity' | 'log1p' | 'defined';
  /** Of a model that was made for no shop: which figure of the shop the feature is counted in. */
  readonly scale?: 'medianOrder' | 'rhythm';
  /** The feature is divided by it before the transform: that figure of the shop. Without it 1. */
  readonly unit?: number;
  readonly mean: number;
  readonly sd: number;
  /** Standardised values are cut to [-clip, clip]. */
  readonly clip: number;
}

/**
 * Contract between a trained model and the scorer (`models/<name>/<version>/manifest.json`). Outputs per row, in order,
 * are `modelOutputs`.
 */
export interface ModelManifest {
  readonly format: 2;
  readonly name: string;
  readonly version: string;
  readonly createdAt: string;
  readonly horizonsDays: readonly [30, 60, 90];
  readonly inputs: readonly ModelInput[];
  /** Fitted buy-till-you-die parameters behind the inputs that read the closed form; null where none does. */
  readonly closedForm: ModelClosedForm | null;
  /** Median of each encoded input over the customers at the end of the data: whom reasons compare with. */
  readonly baseline?: readonly number[];
  readonly outputs: readonly string[];
  /** From `calibration.json` beside the manifest: it can be fitted again without touching the net. */
  readonly calibration: Calibration;
  readonly levelCutoffs: readonly { readonly level: string; readonly enter: number; readonly exit: number }[];
  readonly currency: string;
  readonly trainedOn: Readonly<Record<string, string | number>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly hashes: {
    readonly inputs: string;
    readonly model: string;
    readonly weights: string;
    readonly golden: string;
    readonly calibration: string;
  };
}

/** What the buy-till-you-die inputs of a model are computed with. */
export interface ModelClosedForm {
  /** Days that expected purchases and spend look ahead. */
  readonly horizonDays: number;
  readonly parameters: ClosedFormParameters;
}

/**
 * What turns raw heads into figures that can be believed; `readHeads` applies it. Identity is a 1, b 0, power and factors 1.
 * `a` and `b` (Platt) move the logit of silence within 90 days; expected spend is raised to `spendPower`, which pulls
 * small and large spenders apart, and multiplied by `spendFactor`; purchase days are multiplied by `countFactor`.
 */
export interface Calibration {
  readonly method: 'identity' | 'platt';
  readonly a: number;
  readonly b: number;
  readonly spendPower: number;
  readonly spendFactor: number;
  readonly countFactor: number;
  /** Absent in models calibrated for the mean of all seasons only. */
  readonly season?: {
    /** Logarithm of spend in the season that the calibration is for over that of the mean season. */
    readonly logSpend: number;
  };
  /** Upper bound of the log-normal sigma, against blown-up means. */
  readonly sigmaCap: number;
}
