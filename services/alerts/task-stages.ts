import { EngineError } from '../core/errors.ts';
import type { CaseRules } from '../core/cases/case-rules.ts';
import type { CaseIndex } from '../core/ports/case-index.ts';
import type { Digest } from '../core/ports/digest.ts';
import type { DueIndex } from '../core/ports/due-index.ts';
import type { LogSink } from '../core/ports/log.ts';
import type { StateStore } from '../core/ports/state-store.ts';
import type { TaskIndex } from '../core/ports/task-index.ts';
import type { TaskWork } from './alerts-context.ts';
import { createClearOutboxes } from './steps/clear-outboxes.ts';
import { decideTasks } from './steps/decide-tasks.ts';
import { createIndexTasks } from './steps/index-tasks.ts';
import { loadTaskStates } from './steps/load-task-states.ts';
import { createPublishOutboxes, type PublishOutboxesDeps } from './steps/publish-outboxes.ts';
import { createWriteTaskStates } from './steps/write-task-states.ts';
import type { AlertsTelemetry } from './telemetry.ts';

export interface TaskStagesDeps {
  readonly store: StateStore;
  readonly index: TaskIndex;
  readonly caseIndex: CaseIndex;
  readonly caseRulesOf: (tenant: string) => CaseRules;
  readonly dueIndex: DueIndex;
  readonly sink: LogSink;
  readonly digest: Digest;
  readonly telemetry: AlertsTelemetry;
  readonly codecs: PublishOutboxesDeps['codecs'];
  readonly topics: PublishOutboxesDeps['topics'];
}

export interface TaskStage<C extends TaskWork = TaskWork> {
  readonly name: string;
  run(context: C): Promise<void> | void;
}

/** From what came for some customers to their tasks on the topic: the same for a chunk of the log and for what is due. */
export function createTaskStages(deps: TaskStagesDeps): readonly TaskStage[] {
  const { store } = deps;
  return [
    { name: 'load', run: ({ customers }) => loadTaskStates(store, [...customers.values()]) },
    { name: 'decide', run: ({ customers, reducer }) => customers.forEach((work) => decideTasks(work, reducer)) },
    { name: 'write', run: createWriteTaskStates(deps) },
    { name: 'index', run: createIndexTasks(deps) },
    { name: 'produce', run: createPublishOutboxes(deps) },
    { name: 'clear', run: createClearOutboxes(store, deps) },
    { name: 'confirm', run: (context) => confirmStore(store, context) },
  ];
}

/** A store that was reconnected may have forgotten what it acknowledged before; the work is then done again. */
function confirmStore(store: StateStore, { partition, connectionEpoch }: TaskWork): void {
  if (store.connectionEpoch() === connectionEpoch) return;
  const message = `Redis was reconnected while partition ${partition} was worked on; it is done again.`;
  throw new EngineError('ERR_STORE_UNAVAILABLE', message, { retryable: true, context: { partition } });
}
