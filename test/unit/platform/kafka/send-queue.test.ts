import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import { SendQueue, type SizedMessage } from '../../../../services/platform/kafka/send-queue.ts';

interface Request {
  readonly sent: readonly { readonly topic: string; readonly messages: readonly { readonly value: unknown }[] }[];
  readonly answer: PromiseWithResolvers<null>;
}

/** A queue whose requests are answered by the test. */
function openQueue() {
  const requests: Request[] = [];
  const queue = new SendQueue(
    async (sent) => {
      const answer = Promise.withResolvers<null>();
      requests.push({ sent, answer });
      await answer.promise;
    },
    (error) => error as EngineError,
  );
  return { queue, requests };
}

function part(topic: string, values: readonly string[], bytes = 10): SizedMessage[] {
  return values.map((value) => ({ topic, message: { value }, bytes }));
}

function valuesOf(request: Request | undefined): unknown[] {
  return request?.sent.flatMap(({ messages }) => messages.map(({ value }) => value)) ?? [];
}

async function settle(): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve));
}

function fault(code: 'ERR_LOG_UNAVAILABLE' | 'ERR_TOPIC_MISSING'): EngineError {
  return new EngineError(code, 'refused', { retryable: true });
}

describe('the queue of sends', () => {
  it('has one request under way, and lets jobs that wait share the next, in their order', async () => {
    const { queue, requests } = openQueue();
    const first = queue.add([part('scores', ['a'])]);
    await settle();
    const others = [queue.add([part('scores', ['b']), part('latest', ['c'])]), queue.add([part('scores', ['d'])])];
    await settle();
    expect(requests).toHaveLength(1);
    requests[0].answer.resolve(null);
    await first;
    await settle();
    expect(requests).toHaveLength(2);
    expect(requests[1].sent.map(({ topic }) => topic)).toEqual(['scores', 'latest']);
    expect(valuesOf(requests[1])).toEqual(['b', 'd', 'c']);
    requests[1].answer.resolve(null);
    await Promise.all(others);
  });

  it('keeps a request below what one partition takes', async () => {
    const { queue, requests } = openQueue();
    const jobs = [0, 1, 2].map((job) => queue.add([part('scores', [`${job}`], 500 * 1024)]));
    for (let i = 0; i < 3; i++) {
      await settle();
      expect(valuesOf(requests[i])).toEqual([`${i}`]);
      requests[i].answer.resolve(null);
    }
    await Promise.all(jobs);
  });

  it('resolves a job only when its last part is acknowledged', async () => {
    const { queue, requests } = openQueue();
    let isDone = false;
    const job = queue.add([part('scores', ['a'], 500 * 1024), part('scores', ['b'], 500 * 1024)]).then(() => {
      isDone = true;
    });
    await settle();
    requests[0].answer.resolve(null);
    await settle();
    expect(isDone).toBe(false);
    requests[1].answer.resolve(null);
    await job;
    expect(isDone).toBe(true);
  });

  it('sends nothing more of a job after a part of it failed', async () => {
    const { queue, requests } = openQueue();
    const job = queue.add([part('scores', ['a'], 500 * 1024), part('scores', ['b'], 500 * 1024)]);
    await settle();
    requests[0].answer.reject(fault('ERR_LOG_UNAVAILABLE'));
    await expect(job).rejects.toMatchObject({ code: 'ERR_LOG_UNAVAILABLE' });
    await settle();
    expect(requests).toHaveLength(1);
  });

  it('does not let one job fail its neighbours', async () => {
    const { queue, requests } = openQueue();
    const bad = queue.add([part('missing', ['a'])]);
    const good = queue.add([part('scores', ['b'])]);
    await settle();
    requests[0].answer.reject(fault('ERR_TOPIC_MISSING'));
    await settle();
    expect(valuesOf(requests[1])).toEqual(['a']);
    requests[1].answer.reject(fault('ERR_TOPIC_MISSING'));
    await expect(bad).rejects.toMatchObject({ code: 'ERR_TOPIC_MISSING' });
    await settle();
    expect(valuesOf(requests[2])).toEqual(['b']);
    requests[2].answer.resolve(null);
    await good;
  });

  it('says when it is empty', async () => {
    const { queue, requests } = openQueue();
    await queue.drained();
    const job = queue.add([part('scores', ['a'])]);
    let isDrained = false;
    const drained = queue.drained().then(() => {
      isDrained = true;
    });
    await settle();
    expect(isDrained).toBe(false);
    requests[0].answer.resolve(null);
    await Promise.all([job, drained]);
  });
});
