import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { aRecord } from '../../support/builders.ts';
import { type RunningScorer, runScorer } from './scorer-bench.ts';

const day = 86_400_000;

interface Explained {
  readonly scoreId: string;
  readonly churn90: number;
  readonly reasons: readonly { readonly code: string; readonly contribution: number; readonly text: object }[];
}

let scorer: RunningScorer;
let scores: readonly Score[];
beforeAll(async () => {
  scorer = await runScorer({ customers: 12, events: 500, partitions: 3 });
  // customers who bought once or twice, long ago: others come back every day, and nobody fears for them
  const rare = Array.from({ length: 40 }, (_, i) => {
    const occurredAt = Date.UTC(2024, 0, 1) + (i % 20) * 9 * day + Math.floor(i / 20) * 190 * day;
    const reportingAmountMinor = 500 + 400 * (i % 20);
    return aRecord({ eventId: `rare-${i}`, surrogate: `d${String(i % 20).padStart(31, '0')}`, occurredAt, receivedAt: occurredAt, reportingAmountMinor });
  }); // prettier-ignore
  await scorer.events.publish(rare);
  await scorer.done();
  scores = await scorer.scores();
});
afterAll(() => scorer.remove());

async function explain(scoreId: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = scorer.events.scorerEnv(scorer.twin);
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(['explain', '--score', scoreId, '--json'], { env, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

describe('a score on the topic', () => {
  it('is explained from the log, by the vector that it was made of, however many came after it', async () => {
    const told = scores.filter(({ reasons }) => (reasons?.length ?? 0) > 0);
    expect(told.length).toBeGreaterThan(0);
    const late = scores.find(({ cause }) => cause === 'late');
    for (const score of [told[0], scores[Math.floor(scores.length / 2)], late ?? scores[1]]) {
      const { code, stdout, stderr } = await explain(score.scoreId);
      expect(code, stderr).toBe(0);
      const explained = JSON.parse(stdout) as Explained;
      expect(explained).toMatchObject({ scoreId: score.scoreId, churn90: score.churn.p90 });
      if (score.reasons !== null && score.level !== 'none')
        expect(explained.reasons.map(({ code: reason }) => reason)).toEqual(score.reasons.map(({ code: reason }) => reason));
    } // prettier-ignore
  });

  it('that is not there is named', async () => {
    const { code, stderr } = await explain('0'.repeat(32));
    expect(code).toBe(1);
    expect(stderr).toContain(`No topic holds the score ${'0'.repeat(32)}`);
  });
});
