import { describe, expect, it } from 'vitest';
import { noAnswers } from '../../../simulator/answer-counts.ts';
import { runSimulation, type SimulationRun } from '../../../simulator/run-simulation.ts';
import type { SegmentCall } from '../../../simulator/segment-call.ts';
import { planHistory } from '../../../simulator/simulation-plan.ts';
import { aDemoBusiness } from '../../support/demo-business.ts';

function aRun(onSend: (calls: number, stop: AbortController) => void) {
  const stop = new AbortController();
  const sent: SegmentCall[] = [];
  const run: SimulationRun = {
    ...aDemoBusiness(7, 20),
    rate: 1_000_000,
    signal: stop.signal,
    onProgress: () => undefined,
    sender: {
      send: (call) => {
        sent.push(call);
        onSend(sent.length, stop);
        return Promise.resolve();
      },
      settled: () => Promise.resolve(),
      counts: () => noAnswers,
      openMessageIds: () => [],
      close: () => Promise.resolve(),
    },
  };
  return { run, sent };
}

const history = [...planHistory(aDemoBusiness(7, 20))];

describe('runSimulation', () => {
  it('sends the whole history before the first live event, then goes on until told to stop', async () => {
    const { run, sent } = aRun((calls, stop) => {
      if (calls === history.length + 5) stop.abort();
    });
    const last = await runSimulation(run);
    expect(sent.slice(0, history.length)).toEqual(history.map(({ call }) => call));
    expect(sent.slice(history.length).map((call) => call.imported)).toEqual([null, null, null, null, null]);
    expect(last).toMatchObject({ phase: 'live', deliveries: history.length + 5 });
  });

  it('stops in the middle of the history too', async () => {
    const { run, sent } = aRun((calls, stop) => {
      if (calls === 10) stop.abort();
    });
    expect(await runSimulation(run)).toMatchObject({ phase: 'history', deliveries: 10 });
    expect(sent).toHaveLength(10);
  });
});
