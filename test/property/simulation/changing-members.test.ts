import { describe, it } from 'vitest';
import { trySchedules } from '../../support/simulation/try-schedules.ts';

describe('scorers that come, go and work on after they were taken for dead', () => {
  it('end in the states and scores of an undisturbed run', () =>
    trySchedules('members', 'test/property/simulation/changing-members.test.ts'));
});
