import type { StackAddresses } from '../../../scripts/stack/stack.ts';
import type { Figure, Ratio } from '../bench-report.ts';

/** What one part of the bench found. */
export interface PartResult {
  readonly figures: readonly Figure[];
  readonly ratios: readonly Ratio[];
}

export interface PartContext {
  readonly stack: StackAddresses;
  /** Tells a waiting person. */
  readonly say: (line: string) => void;
}
