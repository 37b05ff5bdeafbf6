import { AdamOptimizer } from '@tensorflow/tfjs-core';

/** Adam whose learning rate falls along half a cosine, from `rate` towards 0 at the end of the planned epochs. */
export class ScheduledAdam extends AdamOptimizer {
  readonly #rate: number;

  constructor(rate: number) {
    super(rate, 0.9, 0.999, 1e-7);
    this.#rate = rate;
  }

  /** @param progress share of the planned epochs that is done, 0 to 1 */
  schedule(progress: number): void {
    this.learningRate = this.#rate * 0.5 * (1 + Math.cos(Math.PI * progress));
  }
}
