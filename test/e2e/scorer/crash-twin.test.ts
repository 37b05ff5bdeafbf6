import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultPointNames } from '../../../services/platform/runtime/fault-points.ts';
import { type EventsInstallation, provisionEvents } from '../../support/events-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { readOutputs, type ScorerOutputs } from '../../support/scorer-outputs.ts';
import { spawnService, startService } from '../../support/service-process.ts';
import { testPrefix } from '../../support/test-prefix.ts';

/**
 * A scorer killed at each fault point and started again must leave the same states and the same set of score ids and
 * bytes as a scorer that was never disturbed and read the same topics under other prefixes.
 */
describe('a scorer that is killed and started again', () => {
  let installation: EventsInstallation;
  let undisturbed: ScorerOutputs;

  /** Runs a scorer over the events of the installation under prefixes of its own until it has handled them all. */
  async function runScorer(fault?: string): Promise<ScorerOutputs> {
    const twin = testPrefix();
    const env = installation.scorerEnv(twin);
    if (fault !== undefined) {
      const doomed = spawnService('scorer', { ...env, TIDEWATCH_FAULT: fault, TIDEWATCH_ALLOW_FAULTS: '1' });
      const { signal } = await doomed.ended;
      expect(signal, doomed.output().slice(-2000)).toBe('SIGKILL');
    }
    const scorer = await startService('scorer', env);
    try {
      await eventually(() => installation.expectDone(twin), { timeoutMs: 60_000, intervalMs: 200 });
    } finally {
      expect(await scorer.stop()).toBe(0);
    }
    return readOutputs(twin, installation);
  }

  beforeAll(async () => {
    installation = await provisionEvents({ customers: 60, events: 900, partitions: 3 });
    undisturbed = await runScorer();
  });

  afterAll(() => installation.remove());

  it('has one score per event that a feature reads when undisturbed', () => {
    expect(undisturbed.scores.size).toBe(installation.scoredEvents);
    expect(undisturbed.states.size).toBe(installation.customers);
    expect(undisturbed.facts.size).toBeGreaterThan(0);
    expect(undisturbed.changes.size).toBeGreaterThanOrEqual(installation.customers);
  });

  it.each(faultPointNames)('ends in the same states and scores when killed %s', async (point) => {
    const disturbed = await runScorer(`${point}:2`);
    expect(disturbed.differingRepeats).toEqual([]);
    expect([...disturbed.scores.keys()].sort()).toEqual([...undisturbed.scores.keys()].sort());
    for (const [id, bytes] of undisturbed.scores) expect(disturbed.scores.get(id)?.equals(bytes), id).toBe(true);
    expect([...disturbed.changes.keys()].sort()).toEqual([...undisturbed.changes.keys()].sort());
    for (const [id, bytes] of undisturbed.changes) expect(disturbed.changes.get(id)?.equals(bytes), id).toBe(true);
    expect([...disturbed.facts.keys()].sort()).toEqual([...undisturbed.facts.keys()].sort());
    for (const [id, bytes] of undisturbed.facts) expect(disturbed.facts.get(id)?.equals(bytes), id).toBe(true);
    for (const [key, state] of undisturbed.states) expect(disturbed.states.get(key), key).toEqual(state);
    expect(disturbed.latest).toEqual(undisturbed.latest);
  });
});
