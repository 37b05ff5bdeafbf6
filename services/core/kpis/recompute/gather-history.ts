import type { RetentionCommand } from '../../commands/retention-command.ts';
import type { Score } from '../../scoring/score.ts';
import type { RetentionTask } from '../../tasks/retention-task.ts';
import type { Surrogate } from '../../units.ts';
import type { KpiFact } from '../kpi-fact.ts';
import type { KpiRules } from '../kpi-rules.ts';
import { gatherEvents, type PlacedRecord } from './gather-events.ts';
import { gatherStandings } from './gather-standings.ts';
import { gatherTasks } from './gather-tasks.ts';
import type { KpiHistory, PastCustomer, PastFigure, PastUse } from './kpi-history.ts';

/** The logs of one tenant, read whole; copies of what stands in them twice are no matter. */
export interface KpiLogs {
  /** Of all partitions, each in its order; control records of whole partitions too. */
  readonly records: readonly PlacedRecord[];
  readonly scores: readonly Score[];
  readonly tasks: readonly RetentionTask[];
  readonly commands: readonly RetentionCommand[];
  /** Cases, imported cost and typed figures stand in no other log. */
  readonly facts: readonly KpiFact[];
  /** Minor units in one major unit of the reporting currency. */
  readonly minorPerMajor: number;
}

/** What the logs say, in the form that KPIs are recomputed from. */
export function gatherHistory(logs: KpiLogs, rules: KpiRules): KpiHistory {
  const events = gatherEvents(logs.records, rules);
  const standings = gatherStandings(logs, events, rules);
  const tasks = gatherTasks(logs.tasks);
  const cases = Map.groupBy(newest(logs.facts, 'serviceCase'), ({ surrogate }) => surrogate);
  const surrogates = new Set<Surrogate>([...events.keys(), ...standings.keys(), ...tasks.keys(), ...cases.keys()]);
  const customers = Array.from(surrogates, (surrogate): PastCustomer => {
    return {
      surrogate,
      events: events.get(surrogate) ?? [],
      standings: standings.get(surrogate) ?? [],
      tasks: tasks.get(surrogate) ?? [],
      cases: (cases.get(surrogate) ?? []).flatMap(({ serviceCase }) => (serviceCase === null ? [] : [serviceCase])),
    };
  });
  return { customers, uses: logs.commands.flatMap(toUse), figures: gatherFigures(logs.facts) };
}

/** Of each thing that facts of the kind tell of, what its highest version says. */
function newest(facts: readonly KpiFact[], kind: KpiFact['kind']): readonly KpiFact[] {
  const found = new Map<string, KpiFact>();
  for (const fact of facts) {
    if (fact.kind !== kind) continue;
    const known = found.get(fact.factId);
    if (known === undefined || fact.sequence > known.sequence) found.set(fact.factId, fact);
  }
  return [...found.values()];
}

function toUse({ actor, verb, at, by }: RetentionCommand): readonly PastUse[] {
  return by === 'bot' ? [] : [{ person: actor, functionName: verb, at }];
}

/** A row has a surrogate of its own; its newest version stands. */
function gatherFigures(facts: readonly KpiFact[]): readonly PastFigure[] {
  return (['spend', 'typed'] as const).flatMap((kind) => {
    const rows = newest(
      facts.map((fact) => ({ ...fact, factId: fact.surrogate })),
      kind,
    );
    return rows.map(({ type, at, amountMinor, channel, attributes }) => {
      const word = (wanted: string): string | null => {
        const value = attributes.find(({ name }) => name === wanted)?.value ?? null;
        return value === null ? null : String(value);
      };
      return { kind, type, at, amountMinor, channel, playbook: word('playbook'), campaign: word('campaign') };
    });
  });
}
