import { afterEach, describe, expect, it, vi } from 'vitest';
import { runs } from '../../support/property-runs.ts';
import { testPrefix } from '../../support/test-prefix.ts';

afterEach(() => vi.unstubAllEnvs());

describe('the number of runs of a property', () => {
  it('is the sampled count, times the factor of npm run prove', () => {
    vi.stubEnv('PROVE_FACTOR', undefined);
    expect(runs(40)).toBe(40);
    vi.stubEnv('PROVE_FACTOR', '50');
    expect(runs(40)).toBe(2000);
    vi.stubEnv('PROVE_FACTOR', '0.001');
    expect(runs(40)).toBe(1);
  });

  it('refuses a factor that is no positive number', () => {
    vi.stubEnv('PROVE_FACTOR', 'many');
    expect(() => runs(40)).toThrow('PROVE_FACTOR');
  });
});

describe('the prefix of a test', () => {
  it('is another one each time', () => {
    expect(testPrefix()).toMatch(/^t[0-9a-f]{10}\.$/);
    expect(testPrefix(':')).not.toBe(testPrefix(':'));
  });
});
