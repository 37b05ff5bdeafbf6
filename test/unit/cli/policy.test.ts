import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { experimentCsv, simulateExperiment } from '../../support/simulated-experiment.ts';

async function run(...args: string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(['policy', ...args], { env: {}, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-policy-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function file(dir: string, name: string, content: string): Promise<string> {
  await writeFile(join(dir, name), content);
  return join(dir, name);
}

const columns = ['--id', 'customer', '--propensity', 'propensity'];

describe('tidewatch policy', () => {
  it('learns a policy, judges it on another log, and chooses for each customer', async () => {
    const dir = await folder();
    const log = await file(dir, 'log.csv', experimentCsv(simulateExperiment(2000, 0.1, 1)));
    const fresh = await file(dir, 'fresh.csv', experimentCsv(simulateExperiment(2000, 0.1, 2)));
    const out = join(dir, 'policy.json');
    const context = ['--context', 'age,channel'];
    const learnt = await run('learn', '--log', log, ...columns, ...context, '--out', out, '--control', 'none', '--folds', '3', '--resamples', '20'); // prettier-ignore
    expect(learnt.stderr).not.toContain('ERR');
    expect(learnt.code).toBe(0);
    expect(learnt.stdout).toContain('Choose per customer: that is better than giving everybody');
    expect(learnt.stdout).toMatch(/mail over none: Qini -?\d/);
    expect(JSON.parse(await readFile(out, 'utf8')).learnt).toMatchObject({
      rows: 2000,
      propensity: 'propensity',
      reward: 'reward',
    });

    const judged = await run('evaluate', '--log', fresh, ...columns, '--policy', out);
    expect(judged.code).toBe(0);
    expect(judged.stdout).toMatch(/for all: paired difference 0\.\d+ \[0\.\d+; 0\.\d+\], better/);
    expect(judged.stderr).toBe('');

    const customers = await file(dir, 'customers.csv', 'who,channel,age\nann,web,58\nbob,shop,22\n"x, y",,\n');
    const chosen = join(dir, 'chosen.csv');
    expect((await run('choose', '--policy', out, '--customers', customers, '--id', 'who', '--out', chosen)).code).toBe(
      0,
    );
    const [header, ann, bob, unknown] = (await readFile(chosen, 'utf8')).split('\n');
    expect(header).toBe('customer_id,action,expected_gain,reason');
    expect(ann).toMatch(/^ann,mail,/);
    expect(bob).toMatch(/^bob,call,/);
    expect(unknown).toMatch(/^"x, y",(mail|call),\d/);
  });

  it('says "treat all alike" where effects do not differ, and then gives everybody the same', async () => {
    const dir = await folder();
    const log = await file(dir, 'log.csv', experimentCsv(simulateExperiment(1500, 0, 5)));
    const out = join(dir, 'policy.json');
    const learnt = await run(
      'learn',
      '--log',
      log,
      ...columns,
      '--context',
      'age,channel',
      '--out',
      out,
      '--folds',
      '3',
    );
    expect(learnt.stdout).toMatch(/Treat all alike: give everybody "(mail|call)"/);
    const { bestArm } = JSON.parse(await readFile(out, 'utf8'));
    const chosen = join(dir, 'chosen.csv');
    await run('choose', '--policy', out, '--customers', log, '--id', 'customer', '--out', chosen);
    const rows = (await readFile(chosen, 'utf8')).trim().split('\n').slice(1);
    expect(rows).toHaveLength(1500);
    expect(new Set(rows.map((row) => row.split(',')[1]))).toEqual(new Set([bestArm]));
  });

  it('judges the choices of any other policy, and arms alone', async () => {
    const dir = await folder();
    // propensity 1/2 each; mail earns 2, none 1, without noise
    const rows = Array.from({ length: 100 }, (_, i) =>
      i % 2 === 0 ? `mail,2,${i < 50 ? 'mail' : 'none'}` : `none,1,${i < 50 ? 'mail' : 'none'}`,
    );
    const log = await file(dir, 'log.csv', ['arm,reward,plan', ...rows, ''].join('\n'));
    const design = ['--design', 'mail=1/2,none=0.5'];
    const { code, stdout } = await run('evaluate', '--log', log, ...design, '--choices', 'plan');
    expect(code).toBe(0);
    expect(stdout).toContain('"plan" against "mail" for all: paired difference -0.50000');
    expect(stdout).toContain(', worse');
    expect((await run('evaluate', '--log', log, ...design)).stdout).toContain('Best for all: "mail".');
  });

  it.each([
    ['no propensities', 'arm,reward\na,1\nb,0\n', [], [2, /not said how likely each action was/]],
    [
      'two sources of them',
      'arm,reward\na,1\nb,0\n',
      ['--propensity', 'p', '--design', 'a=1'],
      [2, /give one of them/],
    ],
    ['a propensity of 0', 'arm,reward,p\na,1,0.5\nb,0,0\n', ['--propensity', 'p'], [1, /row 3: the propensity is 0/]],
    [
      'an empty propensity',
      'arm,reward,p\na,1,\nb,0,0.5\n',
      ['--propensity', 'p'],
      [1, /row 2: the propensity is missing/],
    ],
    [
      'no number',
      'arm,reward,p\na,1,half\nb,0,0.5\n',
      ['--propensity', 'p'],
      [1, /row 2: the propensity is not a number/],
    ],
    ['an empty reward', 'arm,reward,p\na,,0.5\nb,0,0.5\n', ['--propensity', 'p'], [1, /row 2: the reward is missing/]],
    [
      'one customer',
      'arm,reward,p\na,1,0.5\na,0,0.5\n',
      ['--propensity', 'p', '--id', 'arm'],
      [1, /of one customer only/],
    ],
    ['one arm', 'arm,reward,p\na,1,1\na,0,1\n', ['--propensity', 'p'], [1, /holds the arm "a" only/]],
    ['an arm beside the design', 'arm,reward\na,1\nc,0\n', ['--design', 'a=1/2,b=1/2'], [1, /"c" is not in --design/]],
    ['no such column', 'arm,reward\na,1\nb,0\n', ['--propensity', 'p'], [1, /no column "p"; found arm, reward/]],
    ['no rows', 'arm,reward,p\n', ['--propensity', 'p'], [1, /holds no rows/]],
    ['nothing', '', ['--propensity', 'p'], [1, /holds no rows/]],
    [
      'a policy that nothing was logged of',
      'arm,reward,p,t\na,1,0.5,b\nb,0,0.5,a\n',
      ['--propensity', 'p', '--choices', 't'],
      [1, /log says nothing of it/],
    ],
    [
      'an arm never tried',
      'arm,reward,p,t\na,1,0.5,c\nb,0,0.5,a\n',
      ['--propensity', 'p', '--choices', 't'],
      [1, /never tried/],
    ],
    [
      'the outcome as context',
      'arm,reward,p\na,1,0.5\nb,0,0.5\n',
      ['--propensity', 'p', '--context', 'reward'],
      [2, /not known before/],
    ],
    [
      'no policy',
      'arm,reward,p\na,1,0.5\nb,0,0.5\n',
      ['--propensity', 'p', '--policy', 'none.json'],
      [1, /none\.json does not exist/],
    ],
  ] as const)('answers %s with a sentence', async (_case, content, args, [exit, sentence]) => {
    const log = await file(await folder(), 'log.csv', content);
    const { code, stderr } = await run('evaluate', '--log', log, ...args);
    expect(stderr).toMatch(sentence);
    expect(code).toBe(exit);
  });

  it('learns nothing from an arm that was hardly ever taken', async () => {
    const dir = await folder();
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 2 === 0 ? 'a' : 'b'},1,0.5,${i}`);
    const log = await file(dir, 'log.csv', ['arm,reward,p,x', ...rows, ''].join('\n'));
    const args = ['--log', log, '--propensity', 'p', '--context', 'x', '--out', join(dir, 'policy.json')];
    const { code, stderr } = await run('learn', ...args);
    expect(stderr).toMatch(/arm "a" was taken 20 times, 30 are needed/);
    expect(code).toBe(1);
  });

  it('refuses propensities that do not fit the log', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? 'a,1,0.75' : 'b,0,0.25'));
    const log = await file(await folder(), 'log.csv', ['arm,reward,p', ...rows, ''].join('\n'));
    const { code, stderr } = await run('evaluate', '--log', log, '--propensity', 'p');
    expect(code).toBe(1);
    expect(stderr).toMatch(/arm "a" stand for 0\.333 times the rows/);
  });

  it.each([
    ['{', /is not JSON/],
    ['null', /it is no object/],
    ['{"format":2}', /format is not 1/],
    ['{"format":1,"arms":["a","b"],"bestArm":"c"}', /best arm is none/],
    [
      '{"format":1,"arms":["a","b"],"bestArm":"a","context":["x"],"perCustomer":{"columns":[{"kind":"category","name":"x","values":["1"]}],"models":[[0,1],[0]]}}',
      /models do not fit/,
    ],
  ])('refuses the policy %s', async (content, sentence) => {
    const dir = await folder();
    const policy = await file(dir, 'policy.json', content);
    const { code, stderr } = await run(
      'choose',
      '--policy',
      policy,
      '--customers',
      policy,
      '--id',
      'x',
      '--out',
      join(dir, 'o'),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
  });
});
