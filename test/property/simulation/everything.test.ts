import { describe, it } from 'vitest';
import { trySchedules } from '../../support/simulation/try-schedules.ts';

describe('scorers under everything at once', () => {
  it('end in the states and scores of an undisturbed run', () =>
    trySchedules('everything', 'test/property/simulation/everything.test.ts'));
});
