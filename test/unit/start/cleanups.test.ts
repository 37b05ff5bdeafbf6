import { describe, expect, it } from 'vitest';
import { createCleanups } from '../../../scripts/start/cleanups.ts';

describe('cleanups', () => {
  it('run last first, each once, whatever becomes of the ones before', async () => {
    const done: string[] = [];
    const said: string[] = [];
    const cleanups = createCleanups((line) => said.push(line));
    cleanups.add('stack', () => Promise.resolve(void done.push('stack')));
    cleanups.add('services', () => Promise.reject(new Error('broken')));
    cleanups.add('events', () => Promise.resolve(void done.push('events')));
    await cleanups.run();
    await cleanups.run();
    expect(done).toEqual(['events', 'stack']);
    expect(said).toEqual(['services: broken']);
  });
});
