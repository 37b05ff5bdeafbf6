import type { Sliced } from '../sliced.ts';
import type { ExplainedFigure } from './explained-figure.ts';

/** A straight line between two rows of encoded inputs. */
export interface Line {
  readonly baseline: Float32Array;
  readonly vector: Float32Array;
}

/** The gradient of a figure along a line, by the trapezoid rule. One walk at a time: the next one ends it. */
export interface LineWalk {
  /** The figure at the baseline, and at the vector. */
  readonly from: number;
  readonly to: number;
  /**
   * The mean gradient along the line by each input. The first call divides the line into 16 steps, each later one
   * into twice as many.
   */
  refine(): Sliced<{ readonly slopes: Float64Array; readonly steps: number }>;
}

export type WalkLine = (figure: ExplainedFigure, line: Line) => LineWalk;

export const firstSteps = 16;

/** Points after which something else may have its turn. */
export const sliceSteps = 32;
