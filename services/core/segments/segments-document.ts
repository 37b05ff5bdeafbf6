/** A text in the languages of the console. */
export interface Label {
  readonly en: string;
  readonly zhCN: string;
}

/**
 * What a measure is compared with: a number, the name of a parameter or of a cut-off of the same scheme, or a multiple of
 * another measure that is never less than `floor`. While the other measure is undefined the floor stands alone.
 */
export type Bound =
  number | string | { readonly times: number | string; readonly of: string; readonly floor: number | string };

export interface Comparison {
  readonly measure: string;
  readonly at_least?: Bound | undefined;
  readonly more_than?: Bound | undefined;
  readonly at_most?: Bound | undefined;
  readonly below?: Bound | undefined;
  /** Whether the measure is defined for the customer; a comparison with an undefined one is false. */
  readonly known?: boolean | undefined;
  /** In place of the scheme's own. */
  readonly hysteresis?: number | undefined;
}

export type Condition = Comparison | { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] };

/** How a measure that is no feature comes about. */
export type MeasureRule =
  /** A feature under another name; an optional one is undefined where this release does not have it. */
  | { readonly feature: string; readonly optional: boolean }
  /** Sum of weight * measure, or of weight * ln(1 + measure); what is undefined or negative counts as 0. */
  | { readonly weights: Readonly<Record<string, number>>; readonly scale: 'plain' | 'log' }
  /** times * of / to; undefined where either is, or `to` is 0. */
  | { readonly of: string; readonly to: string; readonly times: number };

/** A cut-off that is a quantile of a measure over the customers that `among` names. */
export interface QuantileCutoff {
  readonly measure: string;
  readonly quantile: number;
  readonly among?: Condition | undefined;
  /** Stands until an activation brings a cut-off of the tenant's own customers. */
  readonly initial?: number | undefined;
}

interface CommonScheme {
  readonly label: Label;
  /** Share of a cut-off by which a measure must cross it to leave what it holds; 0.1 keeps a tier of 100 down to 90. */
  readonly hysteresis: number;
  /** Whether changes are published; the places are kept either way. */
  readonly announced: boolean;
}

/** Ordered rules: the first that holds is the tier, and the last has none, so that each customer has exactly one. */
export interface CriteriaScheme extends CommonScheme {
  readonly mode: 'criteria';
  readonly cutoffs: Readonly<Record<string, QuantileCutoff>>;
  readonly tiers: readonly { readonly name: string; readonly label: Label; readonly when?: Condition | undefined }[];
}

/** Shares of the customers: each tier takes the highest by its measure among those whom the tiers before it left. */
export interface ShareScheme extends CommonScheme {
  readonly mode: 'share';
  readonly tiers: readonly {
    readonly name: string;
    readonly label: Label;
    /** Of all customers, 0 to 1. */
    readonly share: number;
    /** Absent for the last tier, which takes the rest. */
    readonly by?: string | undefined;
  }[];
}

/** Cells of recency, frequency and monetary value, each in `parts` parts by quantiles; the best part has the highest number. */
export interface RfmScheme extends CommonScheme {
  readonly mode: 'rfm';
  readonly recency: string;
  readonly frequency: string;
  readonly monetary: string;
  readonly parts: number;
  /** Whose quantiles; who is not among them has the cell `none`. */
  readonly among: Condition;
}

export type SchemeRule = CriteriaScheme | ShareScheme | RfmScheme;

/** How other reports of the same customers name a stage (domain brief, X5). */
export type ReportStage = 'none' | 'new' | 'old' | 'lapsed';

export interface Transition {
  readonly from: readonly string[];
  readonly to: string;
  /** What is told as the cause, such as `purchase` or `silence`. */
  readonly because: string;
  readonly when: Condition;
}

/** A state machine: from the stage a customer is in, the first transition that holds is taken, until none does. */
export interface MachineRule {
  readonly label: Label;
  readonly announced: boolean;
  readonly initial: string;
  /** Whom the machine speaks of at all; a customer has no stage before this held once. */
  readonly applies?: Condition | undefined;
  readonly stages: readonly { readonly name: string; readonly label: Label; readonly report: ReportStage }[];
  readonly transitions: readonly Transition[];
}

/** How lifetime value is counted (`../value/value-settings.ts`), as it is written in the file. */
export interface ValueRule {
  readonly margin: number;
  readonly discount_rate: number;
  readonly horizon_days: number;
  readonly coverage: number;
  readonly drift: number;
}

type PartOfValueRule = { readonly [K in keyof ValueRule]?: ValueRule[K] | undefined };

/** What differs from one industry to another. */
export interface IndustryPreset {
  readonly value?: PartOfValueRule | undefined;
  readonly parameters: Readonly<Record<string, number>>;
  readonly primary?: Primary | undefined;
}

/** The scheme and the machine whose tier and stage stand in the score. */
export interface Primary {
  readonly tiers: string;
  readonly stages: string;
}

/** The segment configuration, as it stands in its file; `docs/reference/segments.md` explains it. */
export interface SegmentsDocument {
  readonly version: string;
  readonly industry: string;
  readonly primary: Primary;
  readonly parameters: Readonly<Record<string, number>>;
  readonly value: ValueRule;
  readonly industries: Readonly<Record<string, IndustryPreset>>;
  /** In the order of the file: a measure may read those before it. */
  readonly measures: Readonly<Record<string, MeasureRule>>;
  readonly schemes: Readonly<Record<string, SchemeRule>>;
  readonly machines: Readonly<Record<string, MachineRule>>;
  readonly tenants: Readonly<
    Record<
      string,
      {
        readonly industry?: string | undefined;
        readonly primary?: Primary | undefined;
        readonly value?: PartOfValueRule | undefined;
      }
    >
  >;
}
