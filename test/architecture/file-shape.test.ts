import { describe, expect, it } from 'vitest';
import { checkFileName } from './rules/check-file-name.ts';
import { checkFileSize, medianLines } from './rules/check-file-size.ts';
import { readCode } from './source-tree.ts';

const product = ['services', 'cli', 'simulator', 'models', 'scripts', 'observability'];
const lines = (count: number) => 'x\n'.repeat(count);

describe('files of the checkout', () => {
  it('are named in kebab-case after what they hold', () => {
    const paths = readCode(...product, 'test').map(({ path }) => path);
    expect(paths.flatMap((path) => checkFileName(path) ?? [])).toEqual([]);
  });

  it('stay below the ceiling of their kind', () => {
    expect(readCode(...product, 'test').flatMap((file) => checkFileSize(file) ?? [])).toEqual([]);
  });

  it('have a small median', () => {
    const files = readCode(...product);
    expect(files.length).toBeGreaterThan(50);
    expect(medianLines(files)).toBeLessThanOrEqual(110);
  });
});

describe('the shape rules', () => {
  it.each([
    ['a barrel', 'services/core/index.ts'],
    ['a drawer', 'cli/utils.ts'],
    ['a drawer as a folder', 'cli/helpers/a.ts'],
    ['a drawer of types', 'services/scorer/types.ts'],
    ['camel case', 'cli/readOrders.ts'],
  ])('refuse %s', (_case, path) => {
    expect(checkFileName(path)).toContain(path);
  });

  it.each(['services/core/units.ts', 'test/unit/core/units.test.ts', 'schemas/event.v1.ts'])('allow %s', (path) => {
    expect(checkFileName(path)).toBeNull();
  });

  it.each([
    ['services/core/a.ts', 400],
    ['test/unit/a.test.ts', 500],
    ['services/ingest/main.ts', 40],
  ])('let %s have %i lines and no more', (path, ceiling) => {
    expect(checkFileSize({ path, text: lines(ceiling) })).toBeNull();
    expect(checkFileSize({ path, text: lines(ceiling + 1) })).toContain(path);
  });

  it('take the middle size as the median', () => {
    const files = [30, 10, 20].map((count) => ({ path: 'cli/a.ts', text: lines(count) }));
    expect(medianLines(files)).toBe(20);
  });
});
