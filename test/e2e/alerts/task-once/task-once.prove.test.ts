import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AlertsInstallation, provisionAlerts } from '../../../support/alerts-installation.ts';
import { newestVersions, openTasksOf } from '../../../support/open-tasks.ts';
import { runs } from '../../../support/property-runs.ts';
import { SeededRandom } from '../../../support/simulation/seeded-random.ts';
import { DisturbedAlerts } from './disturbed-alerts.ts';
import { oscillatingCustomer, oscillatingScores } from './oscillating-scores.ts';
import { findTaskSurprises, type TaskRecord } from './task-surprises.ts';

const customers = 100;
/** 15 in a normal run, 100 in `npm run prove`: 10,000 scores. */
const scoresEach = Math.min(100, Math.max(15, runs(2)));
const slice = 250;
/** How often one dies until all is read is up to the machine; once it reads fast, few do. */
const atLeastKilled = scoresEach < 100 ? 2 : 5;
/** Only ends what hangs: a group in which somebody dies every two seconds stands still for most of the time. */
const mostMs = 900_000;

const nothing = { openTwice: [], gaps: [], differingCopies: [], scattered: [], endsOld: [] };

/** Scores that waver round the cut-off of a level, read by processes that are killed in the middle of them. */
describe('three alerts processes, one of which is killed every two seconds', () => {
  const seed = Number(env['TEST_SEED'] ?? Date.now()) % 2 ** 31;
  let installation: AlertsInstallation;
  let alerts: DisturbedAlerts;

  beforeAll(async () => {
    installation = await provisionAlerts();
    alerts = new DisturbedAlerts(installation, new SeededRandom(seed));
  });
  afterAll(async () => {
    await alerts.stop().catch(() => undefined);
    await installation.remove();
  });

  /** Partition after partition, each in its order. */
  async function readRecords(): Promise<TaskRecord[]> {
    const records = (await installation.readTasks()).map(({ record, value }) => {
      return { partition: record.partition, bytes: record.value?.toString('hex') ?? '', task: value };
    });
    return records.sort((a, b) => a.partition - b.partition);
  }

  function namesOf(records: readonly TaskRecord[]): string[] {
    return records.map(({ partition, task }) => `${partition}: ${task.taskId} ${task.version} ${task.status}`);
  }

  const what = 'make one open task for each customer whose score wavers, and a second replay makes none';
  it(what, { timeout: mostMs }, async () => {
    const scores = oscillatingScores({ customers, scoresEach, until: Date.now() });
    await alerts.start();
    await alerts.readUnderFire(
      Array.from({ length: scores.length / slice }, (_, i) => scores.slice(i * slice, (i + 1) * slice)),
    );
    await installation.done();
    expect(new Set(await alerts.stop())).toEqual(new Set([0]));

    const records = await readRecords();
    const snapshots = records.map(({ task }) => task);
    const open = openTasksOf(snapshots);
    const copies = records.length - new Set(snapshots.map((task) => `${task.taskId}:${task.version}`)).size;
    console.log(
      `Task once: seed ${seed}, ${scores.length} scores of ${customers} customers, alerts killed ${alerts.kills}, ` +
        `${open.length} open tasks, ${newestVersions(snapshots).size} in all, ${records.length} records, ` +
        `${copies} of them copies.`,
    );
    expect(findTaskSurprises(records)).toEqual(nothing);
    expect(alerts.kills).toBeGreaterThanOrEqual(atLeastKilled);
    expect(newestVersions(snapshots).size).toBe(customers);
    expect(open.map((task) => task.surrogate).sort()).toEqual(
      Array.from({ length: customers }, (_, i) => oscillatingCustomer(i)),
    );
    for (const task of open) expect(task.version).toBeGreaterThan(1);

    await installation.readAgain();
    await alerts.start();
    await installation.done();
    expect(new Set(await alerts.stop())).toEqual(new Set([0]));
    expect(namesOf(await readRecords())).toEqual(namesOf(records));
  });
});
