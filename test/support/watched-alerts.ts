import { expect } from 'vitest';
import { systemAlerts } from '../../observability/alerts/system-alerts.ts';
import { eventually } from './eventually.ts';
import type { RunningDemo } from './running-demo.ts';

export interface WatchedAlerts {
  /** Waits until none of them fires. */
  seeSilence(names: readonly string[]): Promise<void>;
  /** Waits until each of them has fired at some moment. */
  seeFire(names: readonly string[]): Promise<void>;
  /** Waits until none of them fires any more, which have fired before. */
  seeResolved(names: readonly string[]): Promise<void>;
  /** Sees each of them fire at some moment while the fault lasts, and none of them once it is over. */
  seeFireAndResolve(names: readonly string[], cause: () => Promise<void>, end: () => Promise<void>): Promise<void>;
  /** Expects that those which were seen are those whose pages name this test. */
  expectAllClaimed(test: string): void;
}

const patience = { timeoutMs: 120_000, intervalMs: 500 };

/** Looks at the alerts of the Prometheus that scrapes a demo. */
export function watchAlerts(demo: () => RunningDemo): WatchedAlerts {
  const fired = new Set<string>();
  const seen = new Set<string>();

  async function firing(): Promise<readonly string[]> {
    const found = await demo().query('ALERTS{alertstate="firing"}');
    return found.map(({ metric }) => metric['alertname']);
  }

  async function seeSilence(names: readonly string[]): Promise<void> {
    await eventually(async () => {
      const now = await firing();
      expect(now.filter((name) => names.includes(name))).toEqual([]);
    }, patience);
  }

  async function seeFire(names: readonly string[]): Promise<void> {
    const waiting = new Set(names);
    await eventually(async () => {
      for (const name of await firing()) waiting.delete(name);
      expect([...waiting]).toEqual([]);
    }, patience);
    for (const name of names) fired.add(name);
  }

  async function seeResolved(names: readonly string[]): Promise<void> {
    expect(names.filter((name) => !fired.has(name))).toEqual([]);
    await seeSilence(names);
    for (const name of names) seen.add(name);
  }

  return {
    seeSilence,
    seeFire,
    seeResolved,
    async seeFireAndResolve(names, cause, end) {
      await seeSilence(names);
      await cause();
      await seeFire(names);
      await end();
      await seeResolved(names);
    },
    expectAllClaimed(test) {
      const rules = Object.values(systemAlerts).flat();
      const claimed = rules.flatMap(({ name, tried }) => ('test' in tried && tried.test === test ? [name] : []));
      expect(claimed.toSorted()).toEqual([...seen].toSorted());
    },
  };
}
