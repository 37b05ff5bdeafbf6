import type { CustomerRecord } from '../events/customer-record.ts';
import type { Digest } from '../ports/digest.ts';
import type { LogMark, TaskState } from './task-state.ts';
import { keptEvents } from './task-state.ts';
import type { TaskDraft } from './task-draft.ts';
import type { LogPlace, TaskInput } from './task-input.ts';

/** Whether an input was applied before. Time that passes twice is no harm: what was due has happened. */
export function isSeen(state: TaskState, input: TaskInput, digest: Digest): boolean {
  switch (input.kind) {
    case 'score':
      return input.score.stateVersion <= state.seenVersion;
    case 'segments':
      return input.segments.stateVersion <= state.facts.segmentsVersion;
    case 'event':
      return isBehind(state, 'event', input.place) || state.events.includes(eventMark(input.event, digest));
    case 'command': {
      const { commandId } = input.command;
      return isBehind(state, 'command', input.place) || state.commands.some((each) => each.commandId === commandId);
    }
    case 'time':
      return false;
  }
}

/** Notes that an input is applied. */
export function markSeen(draft: TaskDraft, input: TaskInput): void {
  if (input.kind === 'event') {
    const mark = eventMark(input.event, draft.rules.digest);
    draft.set({ events: [...draft.state.events, mark].slice(-keptEvents) });
    moveMark(draft, { log: 'event', ...input.place });
  }
  if (input.kind === 'command') moveMark(draft, { log: 'command', ...input.place });
}

function isBehind({ marks }: TaskState, log: LogMark['log'], { logId, offset }: LogPlace): boolean {
  const mark = marks.find((each) => each.log === log);
  return mark !== undefined && mark.logId === logId && offset <= mark.offset;
}

function moveMark(draft: TaskDraft, mark: LogMark): void {
  const { log, logId, offset } = mark;
  draft.set({ marks: [...draft.state.marks.filter((each) => each.log !== log), { log, logId, offset }] });
}

function eventMark({ source, eventId }: CustomerRecord, digest: Digest): string {
  return digest.sha256Hex(JSON.stringify([source, eventId])).slice(0, 12);
}
