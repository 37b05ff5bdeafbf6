import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { rootDir } from '../../support/root-dir.ts';

async function check(...args: string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(['service', 'check', ...args], { env: {}, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-service-verb-'));
});

afterEach(() => rm(directory, { recursive: true }));

async function checkChanged(...changes: readonly (readonly [string, string])[]) {
  let text = await readFile(join(rootDir, 'service/default.yaml'), 'utf8');
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const file = join(directory, 'service.yaml');
  await writeFile(file, text);
  return check(file);
}

describe('tidewatch service check', () => {
  it('names the version, the terms and every survey of the shipped file, in both languages', async () => {
    const { code, stdout } = await check();
    expect(code).toBe(0);
    expect(stdout).toMatch(/can be used; its version is 1\+[0-9a-f]{8}/);
    expect(stdout).toContain('answer: routine 24h, complex 24h, urgent 1h');
    expect(stdout).toContain('survey relation: nps on period after 90d: How likely are you');
    expect(stdout).toContain('您有多大可能向亲友推荐我们？');
  });

  it.each([
    [
      'answer: { routine: 24h',
      'answer: { routine: 25h',
      'terms.answer.routine: 25h may not be longer than the common 24h',
    ],
    ['handling: { routine: 48h', 'handling: { routine: 2wd', 'terms.handling.routine: 2wd may not be longer'],
    ['complaint: 3wd', 'complaint: 4wd', 'terms.complaint: 4wd may not be longer than 3wd'],
    ['share: 0.5', 'share: 1.5', 'tiers.core.share: must be at most 1'],
    ['  core: {', '  gold: {', '"gold" is no tier of the segment configuration'],
    ['pauses: [handling,', 'pauses: [answer, handling,', 'the first answer is owed whatever is waited for'],
    ['calendar: office', 'calendar: shop', '"shop" is none of the calendars'],
    ['to: service-lead', 'to: nobody', '"nobody" is none of the queues of the playbooks'],
    ['after: 24h, to', 'after: 0m, to', 'escalation.default.1.after: must be later than the step before it'],
    ['service: service,', 'service: desk,', 'queues.service: "desk" is none of the queues'],
    ['Two minutes: {link}', 'Two minutes', 'surveys.ask.after-case.message.text.en: must hold {link}'],
    ['fatigue: 30d', 'fatigue: 30wd', 'surveys.fatigue: count it in m, h or d'],
    ['link: http://127.0.0.1:8083/s/', 'link: ftp://there', 'surveys.link: must be an address'],
    ['low: { csat: 2', 'low: { csat: 7', 'surveys.low.csat: must be 1 to 5'],
    ['dimensions: [response-speed,', 'dimensions: [speed,', 'surveys.ask.after-case.dimensions.0'],
  ])('refuses %j as %j with 78', async (from, to, problem) => {
    const { code, stderr } = await checkChanged([from, to]);
    expect(stderr).toContain(problem);
    expect(code).toBe(78);
  });

  it('lists all problems at once', async () => {
    const { stderr } = await checkChanged(['complaint: 3wd', 'complaint: 9wd'], ['calendar: office', 'calendar: shop']);
    expect(stderr).toContain('terms.complaint');
    expect(stderr).toContain('calendar: "shop"');
  });
});
