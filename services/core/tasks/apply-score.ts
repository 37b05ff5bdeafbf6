import type { Digest } from '../ports/digest.ts';
import type { Score } from '../scoring/score.ts';
import { advanceTrigger, type TriggerDecision } from './advance-trigger.ts';
import type { RetentionTask } from './retention-task.ts';
import { emptyTriggerState, type TaskState, type TriggerState } from './task-state.ts';
import type { TaskTrigger } from './task-trigger.ts';

/**
 * What became of a score:
 * - `applied`: the state moved on; `decisions` tells what each trigger did
 * - `stale`: not newer than what the state has seen (a redelivery, a replay, a zombie's late copy); nothing changed
 * - `degraded`: not trustworthy, so nothing changed, and the next good score of any version counts
 */
export type AppliedScore =
  | { readonly result: 'applied'; readonly state: TaskState; readonly decisions: readonly TriggerDecision[] }
  | { readonly result: 'stale' | 'degraded'; readonly state: TaskState; readonly decisions: readonly [] };

export interface ApplyScoreRules {
  readonly triggers: readonly TaskTrigger[];
  readonly digest: Digest;
}

/**
 * Decides what one score does to a customer's tasks. Scores of a customer come in the order of the log; a score whose
 * `stateVersion` is not above the highest seen changes nothing, so any redelivery, replay or second process ends in the
 * same state, with the same task ids and bytes. New snapshots are appended to the outbox.
 */
export function applyScore(state: TaskState, score: Score, rules: ApplyScoreRules): AppliedScore {
  if (score.degraded) return { result: 'degraded', state, decisions: [] };
  if (score.stateVersion <= state.seenVersion) return { result: 'stale', state, decisions: [] };
  const steps = rules.triggers.map((trigger) =>
    advanceTrigger(trigger, triggerStateOf(state, trigger.name), score, rules.digest),
  );
  const snapshots = steps
    .map((step) => step.snapshot)
    .filter((snapshot): snapshot is RetentionTask => snapshot !== null);
  return {
    result: 'applied',
    decisions: steps.map((step) => step.decision),
    state: {
      ...state,
      seenVersion: score.stateVersion,
      liveLevel: score.historical ? state.liveLevel : score.level,
      triggers: mergeTriggers(
        state.triggers,
        steps.map((step) => step.state),
      ),
      outbox: snapshots.length === 0 ? state.outbox : [...state.outbox, ...snapshots],
    },
  };
}

function triggerStateOf(state: TaskState, name: string): TriggerState {
  return state.triggers.find((each) => each.trigger === name) ?? emptyTriggerState(name);
}

/** Triggers that are not served any more keep what they had. */
function mergeTriggers(before: readonly TriggerState[], advanced: readonly TriggerState[]): readonly TriggerState[] {
  const names = new Set(advanced.map((each) => each.trigger));
  return [...before.filter((each) => !names.has(each.trigger)), ...advanced];
}
