import { describe, it } from 'vitest';
import { trySchedules } from '../../support/simulation/try-schedules.ts';

describe('scorers whose calls fail, dawdle or are not heard, killed at any await', () => {
  it('end in the states and scores of an undisturbed run', () =>
    trySchedules('calls', 'test/property/simulation/failing-calls.test.ts'));
});
