import type { TimeScale } from '../clocks/time-scale.ts';
import type { ContactPurpose } from '../contacts/contact-caps.ts';
import type { BilingualText } from '../reasons/bilingual-text.ts';
import type { Level } from '../scoring/level.ts';
import type { TaskOffer } from '../tasks/retention-task.ts';
import type { DurationMs } from '../units.ts';
import type { TriggerRule } from './playbook-document.ts';

/** A term with the time it is counted in. */
export interface ServedTerm {
  readonly units: number;
  readonly scale: TimeScale;
}

export type ServedStep =
  | { readonly do: 'task'; readonly text: BilingualText }
  | { readonly do: 'message'; readonly channel: string; readonly text: BilingualText }
  | { readonly do: 'wait'; readonly term: ServedTerm }
  | { readonly do: 'follow-up'; readonly term: ServedTerm; readonly text: BilingualText }
  | { readonly do: 'escalate'; readonly to: string }
  | { readonly do: 'webhook'; readonly target: string }
  | { readonly do: 'close' };

/** A playbook of one tenant, ready to be followed. */
export interface ServedPlaybook {
  readonly id: string;
  /** Playbooks that start on a level share one trigger: of them at most one has an open task. */
  readonly trigger: string;
  readonly on: TriggerRule;
  readonly label: BilingualText;
  /** Attributes of customers, each with the values it is for; empty for everybody. */
  readonly onlyFor: ReadonlyMap<string, ReadonlySet<string>>;
  readonly purpose: ContactPurpose;
  readonly owner: string;
  readonly ownerByTier: ReadonlyMap<string, string>;
  /** Null where a level has no term of its own and the playbook none for all. */
  respondTerm(level: Level): ServedTerm | null;
  resolveTerm(level: Level): ServedTerm | null;
  readonly offer: TaskOffer | null;
  readonly expectedEffect: number;
  readonly holdout: number;
  readonly cooldownMs: DurationMs;
  readonly stopAfterMs: DurationMs | null;
  readonly stopOn: ReadonlySet<string>;
  readonly escalation: readonly { readonly afterMs: DurationMs; readonly to: string }[];
  readonly steps: readonly ServedStep[];
  /** Length of the term of a `silence` or the period of a `stage` or `tier` trigger; null where it has none. */
  readonly periodMs: DurationMs | null;
}

/** The trigger of all playbooks that start on a level. */
export const churnRisk = 'churn-risk';
