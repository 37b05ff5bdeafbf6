import type { DenseLayer, DenseNet } from '../../core/reasons/dense-net.ts';

/** Parameters of one dense layer. */
export type DenseWeights = DenseLayer;

/** Layers of one trained net, from the inputs to the heads. */
export type NetworkWeights = DenseNet;
