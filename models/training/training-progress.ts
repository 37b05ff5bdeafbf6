/** One net has finished one pass over the rows. */
export interface EpochDone {
  /** `rehearsal` or `final`. */
  readonly phase: string;
  readonly net: number;
  readonly epoch: number;
  /** Loss on the rows that decide when to stop; NaN where the number of epochs is fixed. */
  readonly loss: number;
}

/** How training tells what it is doing. */
export interface TrainingProgress {
  /** A step that is not counted in epochs begins. */
  say(text: string): void;
  /**
   * @param epochs how many `epochDone` calls will come in this phase, at most
   * @param unit what is counted, in the plural; default epochs
   */
  phaseBegins(phase: string, epochs: number, unit?: string): void;
  epochDone(done: EpochDone): void;
  phaseEnds(): void;
}
