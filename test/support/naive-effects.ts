import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';

/** What became of the customers of one arm, listed one by one. */
export interface NaiveArm {
  readonly opened: number;
  readonly churned: readonly boolean[];
  readonly repurchased: readonly boolean[];
  readonly revenue: readonly number[];
  readonly cost: number;
}

/** The book of effects straight from its definition: by tenant, playbook, segment, share and arm. */
export function naiveEffects(snapshots: readonly RetentionTask[]): ReadonlyMap<string, NaiveArm> {
  const newest = [...Map.groupBy(snapshots, (task) => task.taskId).values()].map((versions) =>
    versions.reduce((a, b) => (b.version > a.version ? b : a)),
  );
  const customers = Map.groupBy(newest, (task) => JSON.stringify([task.tenant, task.playbook, task.surrogate]));
  const counted = [...customers.values()].map(countCustomer);
  const arms = Map.groupBy(counted, ({ first }) =>
    JSON.stringify([first.tenant, first.playbook, first.segment, first.holdoutShare, first.arm]),
  );
  return new Map([...arms].map(([name, of]) => [name, sumUp(of)]));
}

interface Counted {
  readonly first: RetentionTask;
  readonly cost: number;
}

function countCustomer(tasks: readonly RetentionTask[]): Counted {
  const inOrder = tasks.toSorted(
    (a, b) => a.createdAt - b.createdAt || a.trigger.localeCompare(b.trigger) || a.episode - b.episode,
  );
  const first = inOrder.find((task) => task.holdoutShare > 0 && task.holdoutShare < 1) ?? inOrder[0];
  const { createdAt, measured } = first;
  const acted = inOrder.filter(
    (task) =>
      task.arm === 'treated' &&
      (task.contacts.length > 0 ||
        task.respondedAt !== null ||
        task.resolvedAt !== null ||
        ['claimed', 'responded', 'resolved'].includes(task.status)),
  );
  const within = acted.filter((task) => measured && task.createdAt >= createdAt && task.createdAt < measured.until);
  return { first, cost: within.reduce((sum, task) => sum + (task.offer?.costMinor ?? 0), 0) };
}

function sumUp(customers: readonly Counted[]): NaiveArm {
  const measured = customers.flatMap(({ first }) => first.measured ?? []);
  return {
    opened: customers.length,
    churned: measured.map(({ churned }) => churned),
    repurchased: measured.map(({ purchases }) => purchases > 0),
    revenue: measured.map(({ revenueMinor }) => revenueMinor),
    cost: customers.reduce((sum, { cost }) => sum + cost, 0),
  };
}
