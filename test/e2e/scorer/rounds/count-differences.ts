import type { ScorerOutputs } from '../../../support/scorer-outputs.ts';

/** What a disturbed scorer left otherwise than an undisturbed one; every list is empty when all is well. */
export interface Differences {
  readonly differingRepeats: readonly string[];
  readonly missingScores: readonly string[];
  readonly surplusScores: readonly string[];
  readonly differingScores: readonly string[];
  readonly differingStates: readonly string[];
  readonly differingLatest: readonly string[];
}

export function countDifferences(disturbed: ScorerOutputs, undisturbed: ScorerOutputs): Differences {
  const both = new Set([...disturbed.states.keys(), ...undisturbed.states.keys()]);
  const surrogates = new Set([...Object.keys(disturbed.latest), ...Object.keys(undisturbed.latest)]);
  return {
    differingRepeats: disturbed.differingRepeats,
    missingScores: [...undisturbed.scores.keys()].filter((id) => !disturbed.scores.has(id)),
    surplusScores: [...disturbed.scores.keys()].filter((id) => !undisturbed.scores.has(id)),
    differingScores: [...undisturbed.scores].flatMap(([id, bytes]) => {
      const other = disturbed.scores.get(id);
      return other === undefined || other.equals(bytes) ? [] : [id];
    }),
    differingStates: [...both].filter((key) => !isSameState(disturbed.states.get(key), undisturbed.states.get(key))),
    differingLatest: [...surrogates].filter((key) => disturbed.latest[key] !== undisturbed.latest[key]),
  };
}

type State = { readonly version: string; readonly state: string } | undefined;

function isSameState(one: State, other: State): boolean {
  return one !== undefined && one.version === other?.version && one.state === other.state;
}
