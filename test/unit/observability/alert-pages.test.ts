import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { slos } from '../../../observability/slo/slos.ts';
import { invariantCounters } from '../../../services/platform/telemetry/invariant-counters.ts';
import { rootDir } from '../../support/root-dir.ts';

interface RuleFile {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert?: string; readonly annotations?: Readonly<Record<string, string>> }[];
  }[];
}

async function alertUrls(): Promise<readonly (readonly [alert: string, url: string | undefined])[]> {
  const folder = join(rootDir, 'observability', 'prometheus', 'rules');
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  return files
    .flatMap((text) => (parse(text) as RuleFile).groups.flatMap(({ rules }) => rules))
    .flatMap(({ alert, annotations }) => (alert === undefined ? [] : [[alert, annotations?.['runbook_url']] as const]));
}

/** Anchors of a page as they are made of its headings. */
async function anchorsOf(page: string): Promise<ReadonlySet<string>> {
  const headings = (await readFile(join(rootDir, page), 'utf8')).matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, text]) => text.replaceAll('`', '').toLowerCase().replaceAll(' ', '-')));
}

describe('what to do about an alert', () => {
  it('stands on a page that each alert names', async () => {
    const urls = await alertUrls();
    expect(urls.length).toBeGreaterThan(100);
    expect(urls.filter(([, url]) => url === undefined)).toEqual([]);
    const pages = Map.groupBy(urls, ([, url]) => url?.split('#')[0] ?? '');
    for (const [page, alerts] of pages) {
      const anchors = await anchorsOf(page);
      const lost = alerts.filter(([, url]) => url?.includes('#') === true && !anchors.has(url.split('#')[1]));
      expect(lost, page).toEqual([]);
    }
  });

  it('is said of every objective and of every counter that must stay at 0', async () => {
    const page = await readFile(join(rootDir, 'docs/reference/observability.md'), 'utf8');
    const names = [...slos, ...invariantCounters].map(({ name }) => name);
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
