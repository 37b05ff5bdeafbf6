import { describe, expect, it } from 'vitest';
import type { RetentionCommand } from '../../../../services/core/commands/retention-command.ts';
import type { RetentionTask } from '../../../../services/core/tasks/retention-task.ts';
import type { TaskState } from '../../../../services/core/tasks/task-state.ts';
import { applyAllToTasks } from '../../../support/apply-to-tasks.ts';
import { aCommand } from '../../../support/command-builder.ts';
import { aScore } from '../../../support/score-builder.ts';

const begin = Date.UTC(2026, 0, 16, 12);

function newest(state: TaskState): RetentionTask {
  return state.triggers.find(({ trigger }) => trigger === 'churn-risk')?.tasks.at(-1) ?? expect.fail('no task');
}

/** The task of a customer at risk after commands. */
function after(...commands: readonly Partial<RetentionCommand>[]): RetentionTask {
  return newest(stateAfter(...commands));
}

function stateAfter(...commands: readonly Partial<RetentionCommand>[]): TaskState {
  const score = aScore({ stateVersion: 1, receivedAt: begin });
  let state = applyAllToTasks([{ kind: 'score', score }]);
  for (const [index, patch] of commands.entries()) {
    const { taskId } = newest(state);
    const made = aCommand({ commandId: `c-${index}`, digest: `d-${index}`, at: begin + index + 1, taskId, ...patch });
    const input = { kind: 'command', command: made, place: { logId: 'log', offset: index } } as const;
    state = applyAllToTasks([input], undefined, state);
  }
  return state;
}

const claim = { verb: 'claim', actor: 'anna' } as const;
const giveTo = (owner: string) => ({ verb: 'assign', actor: 'anna', owner }) as const;

describe('a task that is given away', () => {
  it('to a queue waits there for whoever takes it next, also after somebody had it', () => {
    const waiting = { status: 'open', owner: 'service-lead', queue: 'service-lead', claimedUntil: null };
    expect(after(giveTo('service-lead'))).toMatchObject(waiting);
    expect(after({ ...claim, until: begin + 3_600_000 }, giveTo('service-lead'))).toMatchObject(waiting);
    const taken = after(claim, giveTo('service-lead'), { ...claim, actor: 'bob' });
    expect(taken).toMatchObject({ status: 'claimed', owner: 'bob', queue: 'service-lead' });
  });

  it('to a queue or the next in line once it is answered can be taken up there by one person', () => {
    const respond = { verb: 'respond', actor: 'anna' } as const;
    const byBob = { ...claim, actor: 'bob' };
    for (const give of [giveTo('service-lead'), { verb: 'escalate', actor: 'anna' } as const]) {
      expect(after(respond, give, byBob)).toMatchObject({ status: 'responded', owner: 'bob' });
      expect(after(respond, give, byBob, { ...claim, actor: 'eve' }).owner).toBe('bob');
    }
  });

  it('to a queue once it is answered goes on to the next in line when it is overdue there, and a person keeps theirs', () => {
    const respond = { verb: 'respond', actor: 'anna' } as const;
    const soon = (...given: readonly Partial<RetentionCommand>[]) => {
      const state = stateAfter(...given);
      const { resolveBy } = newest(state);
      return newest(applyAllToTasks([{ kind: 'time', at: (resolveBy ?? 0) + 1 }], undefined, state));
    };
    const waiting = soon(respond, giveTo('service'));
    expect(waiting).toMatchObject({ status: 'responded', escalations: 1 });
    expect(waiting.owner).toBe(waiting.queue);
    expect(waiting.queue).not.toBe('service');
    expect(soon(respond)).toMatchObject({ status: 'responded', escalations: 1, owner: 'anna' });
  });

  it('to a person stays with the team', () => {
    const { queue } = after();
    expect(after(claim, giveTo('bob'))).toMatchObject({ status: 'claimed', owner: 'bob', queue });
    expect(after(giveTo('bob'))).toMatchObject({ status: 'open', owner: 'bob', queue });
  });
});
