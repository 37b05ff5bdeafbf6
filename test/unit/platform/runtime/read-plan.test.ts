import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readPlan } from '../../../../services/platform/runtime/read-plan.ts';
import { watchPlan } from '../../../../services/platform/runtime/watch-plan.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';

async function planFile(text: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-plan-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const file = join(dir, 'plan.yaml');
  await writeFile(file, text);
  return file;
}

const head = 'format: 1\nversion: "7"\n';
const logger = createLogger({ name: 'test', level: 'silent' });
const typeOf = (plan: Awaited<ReturnType<typeof readPlan>>, name: string) =>
  plan.forSource('acme', 'web').meaningOf(name).type;

describe('readPlan', () => {
  it('adds what the business says to the default', async () => {
    const plan = await readPlan(await planFile(`${head}events:\n  order.placed:\n    names: [Bestellung]\n`));
    expect(plan.version).toMatch(/^7\+[0-9a-f]{8}$/);
    expect([typeOf(plan, 'bestellung'), typeOf(plan, 'purchase')]).toEqual(['order.placed', 'order.placed']);
  });

  it('extends nothing where the business wants it so', async () => {
    const plan = await readPlan(await planFile(`${head}extends: nothing\n`));
    expect([typeOf(plan, 'purchase'), typeOf(plan, 'order.placed')]).toEqual(['custom', 'order.placed']);
  });

  it('gives another version to an edited file of the same version', async () => {
    const [first, second] = await Promise.all([planFile(head), planFile(`${head}# edited\n`)]);
    expect((await readPlan(first)).version).not.toBe((await readPlan(second)).version);
  });

  it.each([
    ['no YAML', 'a: [', /line 1|flow/i],
    ['an empty file', '', /file: /],
    ['a word that is not in the vocabulary', `${head}events:\n  order.payed: {}\n`, /order\.payed/],
    ['a member that does not exist', `${head}event: {}\n`, /event/],
    ['another format', 'format: 2\nversion: "1"\n', /format/],
    ['one name of two events', `${head}events:\n  login: {names: [In]}\n  visit.made: {names: [IN]}\n`, /"IN" stands at events\.login too/],
    ['one spelling of two properties', `${head}properties:\n  a: [x_y]\n  b: [xY]\n`, /properties\.b: "xY"/],
    ['a name without letters', `${head}events:\n  login: {names: ["--"]}\n`, /no letter/],
    ['a source without tenant', `${head}sources:\n  web: {}\n`, /tenant\/source/],
  ])('refuses %s and says where', async (_what, text, message) => {
    await expect(readPlan(await planFile(text))).rejects.toThrow(message);
    await expect(readPlan(await planFile(text))).rejects.toMatchObject({ code: 'ERR_PLAN_INVALID' });
  }); // prettier-ignore

  it('lists every problem', async () => {
    const file = await planFile('format: 1\nversion: "a b"\nfoo: 1\namount: {}\n');
    await expect(readPlan(file)).rejects.toThrow(/version[^]*amount|amount[^]*version/);
  });
});

describe('watchPlan', () => {
  it('takes a changed file as a whole, and keeps the old plan over one that is wrong', async () => {
    const file = await planFile(head);
    const results: string[] = [];
    const watch = await watchPlan({ path: file, logger, onReload: (result) => results.push(result) });
    onTestFinished(() => watch.stop());
    await watch.look();
    expect(results).toEqual([]);
    await writeFile(file, `${head}events:\n  login: {names: [In]}\n`);
    await watch.look();
    expect(typeOf(watch.current(), 'in')).toBe('login');
    await writeFile(file, 'format: 3\n');
    await watch.look();
    await watch.look();
    expect(typeOf(watch.current(), 'in')).toBe('login');
    await rm(file);
    await watch.look();
    expect(typeOf(watch.current(), 'in')).toBe('login');
    await writeFile(file, `${head}events:\n  visit.made: {names: [In]}\n`);
    await watch.look();
    expect(typeOf(watch.current(), 'in')).toBe('visit.made');
    expect(results).toEqual(['loaded', 'refused', 'refused', 'loaded']);
  });

  it('refuses to start with a plan that is wrong', async () => {
    await expect(watchPlan({ path: '/nowhere/plan.yaml', logger })).rejects.toMatchObject({ code: 'ERR_PLAN_INVALID' });
  });
});
