import { describe, it } from 'vitest';
import { trySchedules } from '../../support/simulation/try-schedules.ts';

describe('scorers on a store that loses acknowledged writes at any moment', () => {
  it('read again what was forgotten, and end in the states and scores of an undisturbed run', () =>
    trySchedules('forgetting', 'test/property/simulation/forgetful-store.test.ts'));
});
