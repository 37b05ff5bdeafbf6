/** The newest activation of an installation, field for field as in `schemas/activation-view.v1.avsc`. */
export interface ActivationView {
  /** Whom it concerns; also the record's key. */
  readonly scope: string;
  readonly epoch: number;
  /** Partitions of the events topic in this epoch. */
  readonly partitions: number;
  readonly activationId: string;
  /** The activation as canonical JSON (`activation.ts`). */
  readonly content: string;
}
