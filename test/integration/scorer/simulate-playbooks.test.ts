import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlaybookSimulation } from '../../../cli/playbook/playbook-simulation.ts';
import { runCli } from '../../../cli/run-cli.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { type RunningScorer, runScorer } from './scorer-bench.ts';

let scorer: RunningScorer;
let scores: readonly Score[];
beforeAll(async () => {
  scorer = await runScorer({ customers: 12, events: 300, partitions: 3 });
  await scorer.done();
  scores = await scorer.scores();
});
afterAll(() => scorer.remove());

describe('the playbooks over the scores of a running installation', () => {
  it('are followed over every score that stands on the topic, and nothing comes onto it', async () => {
    const env = scorer.events.scorerEnv(scorer.twin);
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const args = ['playbook', 'simulate', 'playbooks/default.yaml', '--on', 'topic', '--json'];
    const code = await runCli(args, { env, stdout, stderr, isTerminal: false });
    expect(code, String(stderr.read() ?? '')).toBe(0);
    const told = JSON.parse(String(stdout.read())) as PlaybookSimulation;
    expect(told.scores).toBe(scores.length);
    expect(told.customers).toBe(new Set(scores.map(({ surrogate }) => surrogate)).size);
    expect(told.degraded).toBe(scores.filter(({ degraded }) => degraded).length);
    expect(await scorer.scores()).toHaveLength(scores.length);
  });
});
