import type { Classifier } from './classifier.ts';
import { compileCondition, type ConditionScope, type Test } from './compile-condition.ts';
import { measuresOf } from './condition-names.ts';
import type { MachineRule } from './segments-document.ts';

interface Step {
  readonly to: number;
  readonly because: string;
  readonly test: Test;
}

const noStage = -1;

/**
 * A lifecycle machine. From the stage before, or the initial one, the first transition that holds is taken until none
 * does; a stage is never entered twice in one walk, so every walk ends.
 */
export function compileMachine(name: string, machine: MachineRule, scope: ConditionScope): Classifier {
  const { stages, initial, transitions, announced } = machine;
  const places = stages.map((stage) => stage.name);
  const applies = machine.applies === undefined ? null : compileCondition(machine.applies, scope);
  const steps = places.map((stage) =>
    transitions
      .filter(({ from }) => from.includes(stage))
      .map(({ to, because, when }): Step => ({ to: places.indexOf(to), because, test: compileCondition(when, scope) })),
  );
  const first = places.indexOf(initial);
  const read = [...transitions.map(({ when }) => when), ...(machine.applies === undefined ? [] : [machine.applies])];
  const walk = (values: Float64Array, previous: number): Walk => {
    const isNew = previous === noStage;
    if (isNew && applies !== null && !applies(values, false)) return { stage: noStage, because: null };
    return follow(steps, isNew ? first : previous, values);
  };
  return {
    kind: 'stage',
    name,
    places,
    announced,
    isPredicted: read.flatMap(measuresOf).some((measure) => scope.measures.isPredicted(measure)),
    assign(values, previous) {
      if (previous !== noStage && stepFrom(steps[previous], values) === null) return previous;
      return walk(values, previous).stage;
    },
    because: (values, previous) => walk(values, previous).because,
  };
}

interface Walk {
  readonly stage: number;
  /** Cause of the last transition taken; null without any. */
  readonly because: string | null;
}

function follow(steps: readonly (readonly Step[])[], from: number, values: Float64Array): Walk {
  let stage = from;
  let because: string | null = null;
  const entered = new Set([stage]);
  for (;;) {
    const step = stepFrom(steps[stage], values);
    if (step === null || entered.has(step.to)) return { stage, because };
    stage = step.to;
    because = step.because;
    entered.add(stage);
  }
}

function stepFrom(steps: readonly Step[], values: Float64Array): Step | null {
  for (const step of steps) if (step.test(values, false)) return step;
  return null;
}
