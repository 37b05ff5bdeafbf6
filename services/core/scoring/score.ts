import type { EpochDay, EpochMs, Surrogate } from '../units.ts';
import type { Level } from './level.ts';

export type ScoreCause = 'event' | 'day' | 'late' | 'link' | 'activation';

export interface ExpectedSpend {
  /** Major units of the reporting currency. */
  readonly mean: number;
  readonly median: number;
  readonly currency: string;
}

export interface ScoreReason {
  readonly code: string;
  readonly contribution: number;
  readonly en: string;
  readonly zhCN: string;
}

/** One score, field for field as in `schemas/score.v1.avsc`. Nothing in it depends on the clock. */
export interface Score {
  readonly scoreId: string;
  readonly tenant: string;
  readonly surrogate: Surrogate;
  readonly customerRef: string | null;
  readonly source: string;
  readonly eventId: string;
  readonly cause: ScoreCause;
  /** First business day not included. */
  readonly asOf: EpochDay;
  /** Applied records of this customer, this one included. */
  readonly stateVersion: number;
  readonly activationId: string;
  readonly modelVersion: string;
  readonly backend: string;
  /** SHA-256 over the raw feature vector (doubles, little endian), first 32 hex digits. */
  readonly vectorHash: string;
  /** P(no purchase within the next h days); p30 >= p60 >= p90. */
  readonly churn: { readonly p30: number; readonly p60: number; readonly p90: number };
  readonly pAlive: number | null;
  readonly expectedSpend90d: ExpectedSpend | null;
  readonly clv: {
    readonly mean: number; readonly low: number; readonly high: number; readonly horizonDays: number;
    readonly currency: string;
  } | null; // prettier-ignore
  readonly level: Level;
  readonly tier: string | null;
  readonly stage: string | null;
  readonly reasons: readonly ScoreReason[] | null;
  readonly nextBestAction: string | null;
  /** True when inputs or outputs were not trustworthy: the probabilities are those of the last good score. */
  readonly degraded: boolean;
  readonly supersedes: string | null;
  readonly historical: boolean;
  readonly occurredAt: EpochMs;
  readonly receivedAt: EpochMs;
}
