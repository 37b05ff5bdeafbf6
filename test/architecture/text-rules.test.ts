import { describe, expect, it } from 'vitest';
import { checkEnvironment, checkHostNames, checkTestMarks } from './rules/check-text.ts';
import { readCode, readTree } from './source-tree.ts';

describe('the text of the checkout', () => {
  it('reads the environment in main files and scripts only', () => {
    const files = readCode('services', 'cli', 'simulator', 'models');
    expect(files.flatMap((file) => checkEnvironment(file) ?? [])).toEqual([]);
  });

  it('leaves no test out and runs none alone', () => {
    expect(readCode('test').flatMap((file) => checkTestMarks(file) ?? [])).toEqual([]);
  });

  it('names no package registry', () => {
    expect(readTree().flatMap((file) => checkHostNames(file) ?? [])).toEqual([]);
  });
});

describe('the text rules', () => {
  it.each([
    ['services/scorer/app.ts', 'const port = process.env.PORT;'],
    ['simulator/a.ts', "import { argv, env } from 'node:process';"],
  ])('refuse %s reading the environment', (path, text) => {
    expect(checkEnvironment({ path, text })).toContain(path);
  });

  it.each(['services/scorer/main.ts', 'cli/main.ts', 'scripts/test.ts'])('let %s read it', (path) => {
    expect(checkEnvironment({ path, text: 'process.env' })).toBeNull();
  });

  it.each(['skip', 'only', 'todo'])('refuse a test marked %s', (mark) => {
    const path = 'test/unit/a.test.ts';
    expect(checkTestMarks({ path, text: `it.${mark}('x')` })).toContain(path);
    expect(checkTestMarks({ path, text: `describe.concurrent.${mark}('x')` })).toContain(path);
    expect(checkTestMarks({ path, text: `it('${mark} this', run)` })).toBeNull();
  });

  it('refuse a registry by its name', () => {
    const host = ['registry', 'npmjs', 'org'].join('.');
    expect(checkHostNames({ path: 'package-lock.json', text: `"https://${host}/a"` })).toContain(host);
    expect(checkHostNames({ path: 'README.md', text: 'the package registry' })).toBeNull();
  });
});
