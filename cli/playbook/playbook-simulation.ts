/** What playbooks would have done about recorded scores. Days are business days, `YYYY-MM-DD`. */
export interface PlaybookSimulation {
  readonly version: string;
  readonly from: string;
  readonly to: string;
  readonly customers: number;
  readonly scores: number;
  /** Scores that change nothing: older than one before them, or not trustworthy. */
  readonly stale: number;
  readonly degraded: number;
  readonly currency: string;
  /** In the order of the file; those that did nothing have zeros. */
  readonly playbooks: readonly SimulatedPlaybook[];
  readonly queues: readonly SimulatedQueue[];
}

export interface SimulatedPlaybook {
  readonly id: string;
  readonly opened: number;
  readonly treated: number;
  readonly holdout: number;
  /** Tasks opened, by day; days without any are left out. */
  readonly days: Readonly<Record<string, number>>;
  readonly contacts: Readonly<Record<string, number>>;
  /** What was not done, by why: tasks by the word, messages by `message: ` and the word. */
  readonly suppressed: Readonly<Record<string, number>>;
  /** What the treated tasks are worth by what the playbook expects, less what they cost; minor units. */
  readonly worthMinor: number;
  /** What the offers of the treated tasks cost at most; minor units. */
  readonly costMinor: number;
}

export interface SimulatedQueue {
  readonly id: string;
  readonly capacity: number | null;
  readonly days: readonly {
    readonly day: string;
    /** Tasks that came to wait for a person. */
    readonly came: number;
    /** Of those and of what was left over the day before, what found no place. */
    readonly overflow: number;
  }[];
}
