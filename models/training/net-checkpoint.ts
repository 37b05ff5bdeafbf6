import type { TrainedNetwork } from '../../services/platform/tensorflow/train-network.ts';

/** Nets of a training run that are finished, kept where a kill does not reach them. */
export interface NetCheckpoint {
  /**
   * The net of a place, such as `rehearsal-2`; null where there is none, or it was made from something else.
   * @param key of everything that decides the net's weights
   */
  load(place: string, key: string): Promise<TrainedNetwork | null>;
  save(place: string, key: string, net: TrainedNetwork): Promise<void>;
}
