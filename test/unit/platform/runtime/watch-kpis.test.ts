import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchKpis } from '../../../../services/platform/runtime/watch-kpis.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';

const shipped = new URL('../../../../kpis/default.yaml', import.meta.url);

describe('a KPI file that is followed', () => {
  let dir: string;
  let path: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tidewatch-test-'));
    path = join(dir, 'kpis.yaml');
    await writeFile(path, await readFile(shipped));
  });
  afterEach(() => rm(dir, { recursive: true }));

  async function watch(file: string | null = path) {
    const lines: string[] = [];
    const told: string[] = [];
    const watched = await watchKpis({
      path: file,
      logger: createLogger({ name: 'test', level: 'info', destination: { write: (line) => void lines.push(line) } }),
      onReload: (result) => void told.push(result),
      everyMs: 3_600_000,
    });
    return { watched, lines, told };
  }

  const edit = async (from: string, to: string) => {
    const text = await readFile(path, 'utf8');
    expect(text).toContain(from);
    await writeFile(path, text.replace(from, to));
  };

  it('comes into force as a whole when it has changed, and not before', async () => {
    const { watched, told } = await watch();
    const before = watched.current();
    await watched.look();
    expect(watched.current()).toBe(before);
    await edit("version: '1'", "version: '2'");
    await edit('profile: retail', 'profile: finance');
    expect(watched.current()).toBe(before);
    await watched.look();
    expect(watched.current().version).toMatch(/^2\+[0-9a-f]{8}$/);
    expect(watched.current().document.profile).toBe('finance');
    expect(told).toEqual(['loaded']);
    watched.stop();
  });

  it('stays as it was when the change is wrong, which is said once, and goes on when that is mended', async () => {
    const { watched, lines, told } = await watch();
    const before = watched.current();
    await edit('profile: retail', 'profile: nobody');
    await watched.look();
    await watched.look();
    expect(watched.current()).toBe(before);
    expect(told).toEqual(['refused']);
    const errors = lines.filter((line) => line.includes('ERR_KPIS_INVALID'));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('nobody');
    await edit('profile: nobody', 'profile: premium');
    await watched.look();
    expect(watched.current().document.profile).toBe('premium');
    expect(told).toEqual(['refused', 'loaded']);
    watched.stop();
  });

  it('stays in force while it is away', async () => {
    const { watched, told } = await watch();
    const before = watched.current();
    await rm(path);
    await watched.look();
    expect(watched.current()).toBe(before);
    expect(told).not.toContain('loaded');
    await writeFile(path, (await readFile(shipped, 'utf8')).replace("version: '1'", "version: '3'"));
    await watched.look();
    expect(watched.current().version).toMatch(/^3\+/);
    watched.stop();
  });

  it('may not change what counting depends on while alerts runs, and says how it may', async () => {
    const { watched, lines, told } = await watch();
    await edit('attribution_days: 30', 'attribution_days: 31');
    await edit('profile: retail', 'profile: premium');
    await watched.look();
    expect(watched.current().document).toMatchObject({ profile: 'retail', counting: { attribution_days: 30 } });
    expect(told).toEqual(['refused']);
    expect(lines.join()).toContain('tidewatch kpi rebuild --yes');
    watched.stop();
  });

  it('is refused at the start when it is wrong, with every problem', async () => {
    await edit('profile: retail', 'profile: nobody');
    await edit('weight: 9', 'weight: 10');
    const refused = watch();
    await expect(refused).rejects.toMatchObject({ code: 'ERR_KPIS_INVALID', context: { path } });
    await expect(refused).rejects.toThrow('nobody');
    await expect(refused).rejects.toThrow('weights add up to 101');
  });

  it('warns of what is probably not meant, when it comes into force', async () => {
    const { watched, lines } = await watch();
    const warned = () => lines.filter((line) => line.includes('look at it'));
    expect(warned()).toEqual([]);
    await edit(
      'targets: { any: { at_most: 0.4, amber_to: 0.5 } }',
      'targets: { any: { at_most: 0.3, amber_to: 0.5 } }',
    );
    await watched.look();
    expect(warned()).toHaveLength(1);
    expect(warned()[0]).toContain('retention and churn_of_buyers make 90 %');
    watched.stop();
  });

  it('that comes with the product never changes', async () => {
    const { watched, told } = await watch(null);
    const before = watched.current();
    await watched.look();
    expect([watched.current(), told]).toEqual([before, []]);
    watched.stop();
  });
});
