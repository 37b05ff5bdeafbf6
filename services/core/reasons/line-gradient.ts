import type { DenseLayer, DenseNet } from './dense-net.ts';
import type { ExplainedFigure } from './explained-figure.ts';

/** A straight line between two rows of encoded inputs, with the number of points that the midpoint rule takes on it. */
export interface Line {
  readonly baseline: Float32Array;
  readonly vector: Float32Array;
  readonly steps: number;
}

export interface LineGradient {
  /** The figure at both ends of a line. */
  ends(
    figure: ExplainedFigure,
    line: Pick<Line, 'baseline' | 'vector'>,
  ): { readonly from: number; readonly to: number };
  /** The mean, over the points of a line, of the gradient of a figure by each input. */
  mean(figure: ExplainedFigure, line: Line): Float64Array;
}

/*
 * Along a line the sums of the first layer move linearly, so its kernel, by far the largest, is applied twice per line
 * instead of twice per point: to both ends, and backwards to the sum of what comes back to it. Everything is in doubles and in
 * fixed order: the same line gives the same bits, alone or among others.
 */

/** What a net needs while a line is walked. */
interface Walker {
  readonly net: DenseNet;
  /** Sums of the first layer at the baseline, and how they change up to the vector. */
  readonly start: Float64Array;
  readonly change: Float64Array;
  /** By layer: values after its activation, and the derivative of the figure by its sums. */
  readonly values: readonly Float64Array[];
  readonly deltas: readonly Float64Array[];
  /** Derivatives by the sums of the first layer, added up over the points. */
  readonly back: Float64Array;
}

/** Builds the line gradient of the mean of some nets; buffers are made once. */
export function createLineGradient(nets: readonly DenseNet[]): LineGradient {
  const walkers = nets.map(newWalker);
  const inputs = nets[0][0].inputs;
  const outputs = nets[0][nets[0].length - 1].units;
  const heads = new Float64Array(outputs);
  const weights = new Float32Array(outputs);
  const goTo = (share: number): void => {
    heads.fill(0);
    for (const walker of walkers) forward(walker, share, heads);
    for (let head = 0; head < outputs; head++) heads[head] /= walkers.length;
  };
  const figureAt = (figure: ExplainedFigure, share: number): number => {
    goTo(share);
    return figure.value(heads, 0);
  };
  return {
    ends(figure, { baseline, vector }) {
      for (const walker of walkers) begin(walker, baseline, vector);
      return { from: figureAt(figure, 0), to: figureAt(figure, 1) };
    },
    mean(figure, { baseline, vector, steps }) {
      for (const walker of walkers) begin(walker, baseline, vector);
      // a figure writes the heads it reads only
      weights.fill(0);
      for (let step = 0; step < steps; step++) {
        goTo((step + 0.5) / steps);
        figure.derive(heads, weights, 0);
        for (const walker of walkers) backward(walker, weights, walkers.length);
      }
      const gradient = new Float64Array(inputs);
      for (const { net, back } of walkers) multiplyBack(net[0], back, gradient);
      return gradient.map((sum) => sum / steps);
    },
  };
}

function newWalker(net: DenseNet): Walker {
  const [first] = net;
  return {
    net,
    start: new Float64Array(first.units),
    change: new Float64Array(first.units),
    values: net.map(({ units }) => new Float64Array(units)),
    deltas: net.map(({ units }) => new Float64Array(units)),
    back: new Float64Array(first.units),
  };
}

function begin({ net, start, change, back }: Walker, baseline: Float32Array, vector: Float32Array): void {
  const [first] = net;
  start.set(first.bias);
  multiply(first, baseline, start);
  change.fill(0);
  multiply(
    first,
    Float64Array.from(vector, (value, i) => value - baseline[i]),
    change,
  );
  back.fill(0);
}

function forward({ net, start, change, values }: Walker, share: number, heads: Float64Array): void {
  for (let unit = 0; unit < start.length; unit++) values[0][unit] = start[unit] + share * change[unit];
  for (let layer = 1; layer < net.length; layer++) {
    rectify(values[layer - 1]);
    values[layer].set(net[layer].bias);
    multiply(net[layer], values[layer - 1], values[layer]);
  }
  const last = values[values.length - 1];
  for (let head = 0; head < heads.length; head++) heads[head] += last[head];
}

function backward({ net, values, deltas, back }: Walker, weights: Float32Array, nets: number): void {
  const last = deltas[deltas.length - 1];
  for (let head = 0; head < last.length; head++) last[head] = weights[head] / nets;
  for (let layer = net.length - 1; layer > 0; layer--) {
    const below = deltas[layer - 1];
    below.fill(0);
    multiplyBack(net[layer], deltas[layer], below, values[layer - 1]);
  }
  for (let unit = 0; unit < back.length; unit++) back[unit] += deltas[0][unit];
}

function rectify(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) if (!(values[i] > 0)) values[i] = 0;
}

/** Adds inputs x kernel to `sums`. */
function multiply({ inputs, units, kernel }: DenseLayer, row: ArrayLike<number>, sums: Float64Array): void {
  for (let input = 0, at = 0; input < inputs; input++, at += units) {
    const value = row[input];
    if (value === 0) continue;
    for (let unit = 0; unit < units; unit++) sums[unit] += value * kernel[at + unit];
  }
}

/** Adds kernel x deltas to `sums`, for the inputs that are on: above 0 in `values`, or all without them. */
function multiplyBack(
  { inputs, units, kernel }: DenseLayer,
  deltas: Float64Array,
  sums: Float64Array,
  values?: Float64Array,
): void {
  for (let input = 0, at = 0; input < inputs; input++, at += units) {
    if (values !== undefined && values[input] === 0) continue;
    sums[input] += dot(deltas, kernel, at, units);
  }
}

/** Four sums side by side, since each addition waits for the one before it. */
function dot(deltas: Float64Array, kernel: Float32Array, at: number, units: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let unit = 0;
  for (; unit + 3 < units; unit += 4) {
    a += deltas[unit] * kernel[at + unit];
    b += deltas[unit + 1] * kernel[at + unit + 1];
    c += deltas[unit + 2] * kernel[at + unit + 2];
    d += deltas[unit + 3] * kernel[at + unit + 3];
  }
  for (; unit < units; unit++) a += deltas[unit] * kernel[at + unit];
  return a + b + (c + d);
}
