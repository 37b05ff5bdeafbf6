import { composeEventFact, type CountedEvent } from '../../core/kpis/compose-event-fact.ts';
import { composeStandingFact } from '../../core/kpis/compose-standing-fact.ts';
import { happenedAt } from '../../core/kpis/happened-at.ts';
import type { KpiFact, Standing } from '../../core/kpis/kpi-fact.ts';
import { standingOf } from '../../core/kpis/standing-of.ts';
import type { EpochMs } from '../../core/units.ts';
import type { ScorerDeps } from '../scorer-deps.ts';
import type { RowVerdict, ScoredRow, ScorerContext } from '../scorer-context.ts';

export interface FactDeps {
  readonly codecs: Pick<ScorerDeps['codecs'], 'facts'>;
  readonly topics: Pick<ScorerDeps['topics'], 'facts'>;
}

/**
 * The facts that KPIs count, in the order of the log: of each counted event one, with the customer's standing by the
 * score that was made of it, and of each other score that places the customer elsewhere one that says only that. They
 * are published with the scores, before any state is written: what is done again makes the same bytes again.
 */
export function createComposeFacts({ codecs, topics }: FactDeps): (context: ScorerContext) => void {
  return function composeFacts(context) {
    const { rows, verdicts, unscored, outgoing, facts } = context;
    const { partition } = context.chunk;
    let events = 0;
    let standings = 0;
    const publish = (fact: KpiFact): void => {
      outgoing.push({ topic: topics.facts, key: fact.surrogate, partition, value: codecs.facts.encode(fact) });
    };
    const tellEvent = (counted: CountedEvent, standing: Standing | null): void => {
      events++;
      publish(composeEventFact(counted, standing));
    };
    let next = 0;
    for (let i = 0; i < rows.length; i++) {
      for (; next < unscored.length && unscored[next].rowsBefore <= i; next++) tellEvent(unscored[next].counted, null);
      const row = rows[i];
      const verdict = verdicts[i];
      if (row.counted !== null) tellEvent(row.counted, verdict === null ? null : toStanding(row, verdict));
      else if (verdict?.isElsewhere === true) {
        standings++;
        publish(toStandingFact(row, verdict));
      }
    }
    for (; next < unscored.length; next++) tellEvent(unscored[next].counted, null);
    if (events > 0) facts.set('event', events);
    if (standings > 0) facts.set('standing', standings);
  };
}

function toStanding({ tenant }: ScoredRow, { score }: RowVerdict): Standing {
  return standingOf(score, tenant.minorPerMajor);
}

function toStandingFact(row: ScoredRow, verdict: RowVerdict): KpiFact {
  const { record, epoch, sequence } = row;
  const { scoreId } = verdict.score;
  return composeStandingFact({
    record,
    scoreId,
    epoch,
    sequence,
    at: standsSince(row),
    standing: toStanding(row, verdict),
  });
}

/** A day changes something with its last instant: it is news of that day, and of its month. */
function standsSince({ record, tenant }: ScoredRow): EpochMs {
  const { dayClosed } = record;
  return dayClosed === null ? happenedAt(record.retracted ?? record) : tenant.calendar.startOf(dayClosed.day + 1) - 1;
}
