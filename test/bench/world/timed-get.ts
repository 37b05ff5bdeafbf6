import { type Agent, get } from 'node:http';
import type { DurationMs } from '../../../services/core/units.ts';

/** Time until the whole answer is there; anything but 200 is a fault. */
export function timedGet(agent: Agent, url: string, headers: Record<string, string>): Promise<DurationMs> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    get(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.on('error', reject);
      response.on('end', () => resolve(performance.now() - start));
      response.resume();
    }).on('error', reject);
  });
}
