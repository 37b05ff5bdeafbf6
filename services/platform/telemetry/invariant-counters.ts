/** A counter that must stay at 0 as long as the service runs: any increase is a broken promise, and pages. */
export interface InvariantCounter {
  readonly name: string;
  readonly help: string;
  readonly services: readonly string[];
}

const readers = ['scorer', 'alerts'];

/** All of them, with 0 from the start: an alert on an increase would not see the first one of a series that is new. */
export const invariantCounters: readonly InvariantCounter[] = [
  {
    name: 'tidewatch_state_regressions_total',
    help: 'Times the store held an older state than was written, so that a partition was read again.',
    services: ['scorer'],
  },
  {
    name: 'tidewatch_scores_untrustworthy_total',
    help: 'Scores published as normal ones although a probability is no number from 0 to 1.',
    services: ['scorer'],
  },
  {
    name: 'tidewatch_scores_unbalanced_total',
    help: 'Chunks whose events to be scored and published scores differed in number.',
    services: ['scorer'],
  },
  {
    name: 'tidewatch_offsets_lost_total',
    help: 'Partitions found with a committed offset that the log no longer holds.',
    services: readers,
  },
  {
    name: 'tidewatch_tasks_opened_twice_total',
    help: 'Tasks opened while the customer had an open one of the same trigger.',
    services: ['alerts'],
  },
  {
    name: 'tidewatch_kpi_facts_lost_total',
    help: 'KPI facts that the log lost before they were counted.',
    services: ['alerts'],
  },
  {
    name: 'tidewatch_ingest_results_unbalanced_total',
    help: 'Requests answered with another number of results than they had events.',
    services: ['ingest'],
  },
  {
    name: 'tidewatch_ingest_defects_total',
    help: 'Events that met a defect of ingest; each is kept as a dead letter.',
    services: ['ingest'],
  },
];
