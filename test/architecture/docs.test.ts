import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderPages } from '../../scripts/docs/generated-pages.ts';
import { errorRegistry } from '../../services/core/errors.ts';
import { knownVariables } from '../../services/platform/runtime/known-variables.ts';
import { namedTests } from './rules/named-tests.ts';
import { streamingIds, streamingRows } from './rules/streaming-rows.ts';
import { checkoutRoot } from './source-tree.ts';

const read = (path: string) => readFile(join(checkoutRoot, path), 'utf8');

/** What stands in the first column of a table, between backticks. */
function firstColumn(text: string): string[] {
  return [...text.matchAll(/^\| `([A-Z_]+)`/gm)].map((match) => match[1] ?? '').toSorted();
}

describe('the documentation', () => {
  it('is what npm run docs:generate writes', async () => {
    for (const { path, text } of await renderPages()) {
      expect(await read(path), `${path} is stale: run npm run docs:generate`).toBe(text);
    }
  });

  it('has every error code, and no code that does not exist', async () => {
    expect(firstColumn(await read('docs/reference/errors.md'))).toEqual(Object.keys(errorRegistry).toSorted());
  });

  it('has every variable, and no variable that does not exist', async () => {
    const names = knownVariables.map(({ name }) => name).toSorted();
    expect(firstColumn(await read('docs/reference/configuration.md'))).toEqual(names);
  });

  it('names tests that exist', async () => {
    for (const page of [
      'docs/requirements.md',
      'docs/ARCHITECTURE.md',
      'docs/streaming-tests.md',
      'README.md',
      'CONTRIBUTING.md',
    ]) {
      const missing = namedTests(await read(page)).filter((path) => !existsSync(join(checkoutRoot, path)));
      expect(missing, `named in ${page}`).toEqual([]);
    }
  });
});

describe('the table of streaming pitfalls', () => {
  it('answers each of them once, by a test or by the reason why there is none', async () => {
    const rows = streamingRows(await read('docs/streaming-tests.md'));
    expect(rows.map(({ id }) => id)).toEqual(streamingIds);
    for (const { id, tests, reason } of rows) expect(tests.length > 0 || reason !== null, id).toBe(true);
  });

  it('names tests that exist, by their titles', async () => {
    for (const { id, tests } of streamingRows(await read('docs/streaming-tests.md'))) {
      for (const { file, titles } of tests) {
        expect(existsSync(join(checkoutRoot, file)), `${id}: ${file}`).toBe(true);
        expect(titles.length, `${id} names no title in ${file}`).toBeGreaterThan(0);
        const source = await read(file);
        for (const title of titles) expect(source, `${id}: “${title}” in ${file}`).toContain(title);
      }
    }
  });

  it('is read with files, titles and reasons', () => {
    const text =
      '| O1 | kills | `test/a.test.ts` “one”, “two”; `test/b.ts` “three” |\n| P6 | ids | Does not apply: there are no transactions. |\n| P7 | x | later |';
    expect(streamingRows(text)).toEqual([
      {
        id: 'O1',
        tests: [
          { file: 'test/a.test.ts', titles: ['one', 'two'] },
          { file: 'test/b.ts', titles: ['three'] },
        ],
        reason: null,
      },
      { id: 'P6', tests: [], reason: 'Does not apply: there are no transactions.' },
      { id: 'P7', tests: [], reason: null },
    ]);
  });
});

describe('the reader of named tests', () => {
  it('finds every test file a text names, once', () => {
    const text = '| `test/unit/core/a.test.ts`, test/e2e/b.test.ts | `test/unit/core/a.test.ts` | test/unit | latest |';
    expect(namedTests(text)).toEqual(['test/unit/core/a.test.ts', 'test/e2e/b.test.ts']);
  });
});
