/** How one feature becomes one model input. `defined` gives 1 where the feature has a value and 0 where it has none. */
export interface ModelInput {
  readonly name: string;
  readonly feature: string;
  /** log1p is signed: sign(x) * ln(1 + |x|). */
  readonly transform: 'identity' | 'log1p' | 'defined';
  readonly mean: number;
  readonly sd: number;
  /** Standardised values are cut to [-clip, clip]. */
  readonly clip: number;
}

/**
 * Contract between a trained model and the scorer (`models/<name>/<version>/manifest.json`).
 * Outputs per row, in order: `outputs` = conditional no-purchase logits for 30, 60 given 30, 90 given 60
 * (`churn30`, `churn60`, `churn90`), then `spendMu`, `spendSigma` (before softplus) of log-normal spend within 90 days
 * given a purchase, then `logRate` (log of expected purchase days within 90 days).
 */
export interface ModelManifest {
  readonly format: 1;
  readonly name: string;
  readonly version: string;
  readonly createdAt: string;
  readonly horizonsDays: readonly [30, 60, 90];
  readonly inputs: readonly ModelInput[];
  readonly outputs: readonly string[];
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
  };
}

/** Applied to the first logit (Platt: a * logit + b) and to expected spend (factor); identity is a 1, b 0, factor 1. */
export interface Calibration {
  readonly method: 'identity' | 'platt';
  readonly a: number;
  readonly b: number;
  readonly spendFactor: number;
  /** Upper bound of the log-normal sigma, against blown-up means. */
  readonly sigmaCap: number;
}
