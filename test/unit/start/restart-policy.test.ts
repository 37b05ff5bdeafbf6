import { describe, expect, it } from 'vitest';
import { decideRestart } from '../../../scripts/start/services/restart-policy.ts';

const life = { exitCode: 1, wasReady: true, livedMs: 5_000, restarts: 0 };

describe('decideRestart', () => {
  it('starts a service again that was ready before, with growing pauses', () => {
    expect(decideRestart(life)).toEqual({ restart: true, afterMs: 500, restarts: 1 });
    expect(decideRestart({ ...life, exitCode: null, restarts: 2 })).toEqual({
      restart: true,
      afterMs: 2_000,
      restarts: 3,
    });
  });

  it('leaves a service down whose configuration is at fault', () => {
    expect(decideRestart({ ...life, exitCode: 78 })).toMatchObject({ restart: false });
  });

  it('leaves a service down that ended before it was ever ready, unless it was killed', () => {
    expect(decideRestart({ ...life, wasReady: false })).toMatchObject({ restart: false });
    expect(decideRestart({ ...life, wasReady: false, exitCode: null })).toMatchObject({ restart: true });
  });

  it('goes on trying when a service that was ready before does not come up at once', () => {
    expect(decideRestart({ ...life, wasReady: false, restarts: 1 })).toMatchObject({ restart: true, restarts: 2 });
  });

  it('gives up after too many restarts in a row, but not when the service lived for a while', () => {
    expect(decideRestart({ ...life, restarts: 5 })).toMatchObject({ restart: false });
    expect(decideRestart({ ...life, restarts: 5, livedMs: 60_000 })).toEqual({
      restart: true,
      afterMs: 500,
      restarts: 1,
    });
  });
});
