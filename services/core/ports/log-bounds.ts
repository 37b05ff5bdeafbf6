/** A topic as it is at the moment of the question. */
export interface LogBounds {
  /** Null where the broker does not tell ids. */
  readonly logId: string | null;
  /** By partition: its oldest offset, and one past its newest record. */
  readonly partitions: readonly { readonly first: number; readonly end: number }[];
}

/** Asks the log itself how far it reaches; no answer to an earlier question is given out. */
export interface LogBoundsReader {
  /** @throws EngineError as the fault of the log means for us */
  read(): Promise<LogBounds>;
  stop(): Promise<void>;
}
