import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const directory = new URL('../../../../services/platform/redis/', import.meta.url);
const scripts = readdirSync(new URL('scripts/', directory)).map((name) => ({
  name,
  source: readFileSync(new URL(`scripts/${name}`, directory), 'utf8'),
}));

/** Limits are kept by one clock for all processes. No state depends on when such a script ran. */
const readsClock: ReadonlySet<string> = new Set(['take-units.lua']);

describe.each(scripts)('scripts/$name', ({ name, source }) => {
  const header = source.split('\n').filter((line) => line.startsWith('--')).join('\n'); // prettier-ignore
  const body = source.split('\n').filter((line) => !line.startsWith('--')).join('\n'); // prettier-ignore

  it('says what it does, its keys, its arguments and what it returns', () => {
    expect(header).toMatch(/^-- [A-Z]/);
    expect(header).toMatch(/^-- KEYS\[1\] /m);
    expect(header).toMatch(/^-- Returns /m);
  });

  it('documents exactly the keys and arguments that it uses', () => {
    for (const kind of ['KEYS', 'ARGV']) {
      const used = new Set([...body.matchAll(new RegExp(`${kind}\\[(\\d+)\\]`, 'g'))].map((match) => match[1]));
      // A key named by a variable is the first of as many as are given.
      if (new RegExp(`${kind}\\[[a-z]`).test(body)) used.add('1');
      const documented = [...header.matchAll(new RegExp(`^-- ${kind}\\[(\\d+)\\]`, 'gm'))].map((match) => match[1]);
      expect([...used].sort()).toEqual(documented);
    }
  });

  it('touches no key but those it is given, so that it runs in a cluster', () => {
    const calls = [...body.matchAll(/redis\.p?call\(\s*'(\w+)'\s*,\s*([^,)]+)/g)];
    expect(calls.length).toBeGreaterThan(0);
    const clock = readsClock.has(name) ? 1 : 0;
    expect([...body.matchAll(/redis\.p?call/g)]).toHaveLength(calls.length + clock);
    for (const [, , key] of calls) expect(key).toMatch(/^KEYS\[\w+\]$/);
  });

  it('depends on nothing but its arguments and what is stored', () => {
    if (readsClock.has(name)) expect(body).toMatch(/redis\.call\('TIME'\)/);
    else expect(body).not.toMatch(/\bTIME\b/i);
    expect(body).not.toMatch(/math\.random|os\.|RANDOMKEY/i);
  });
});
