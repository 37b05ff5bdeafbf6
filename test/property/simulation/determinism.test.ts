import { describe, expect, it } from 'vitest';
import { runSchedule } from '../../support/simulation/simulate.ts';
import { themes } from '../../support/simulation/themes.ts';

async function stepsOf(seed: number): Promise<readonly string[]> {
  const trace: string[] = [];
  await runSchedule({ seed, rates: themes.everything, trace });
  return trace;
}

describe('a simulated schedule', () => {
  it('takes the same steps each time for the same seed, and others for another', async () => {
    const steps = await stepsOf(7);
    expect(steps.length).toBeGreaterThan(150);
    expect(await stepsOf(7)).toEqual(steps);
    expect(await stepsOf(8)).not.toEqual(steps);
  });
});
