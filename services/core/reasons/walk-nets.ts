import type { Sliced } from '../sliced.ts';
import type { DenseLayer, DenseNet } from './dense-net.ts';
import type { ExplainedFigure } from './explained-figure.ts';
import { firstSteps, sliceSteps, type Line, type WalkLine } from './line-walk.ts';

/*
 * Along a line the sums of the first layer move linearly, so its kernel, by far the largest, is applied twice per line
 * instead of twice per point: to both ends, and backwards to the sum of what comes back to it. Points are kept as steps get
 * smaller. Everything is in doubles and in fixed order: the same line gives the same bits, alone or among others.
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

/** Walks lines through the mean of some nets; buffers are made once. */
export function createNetWalk(nets: readonly DenseNet[]): WalkLine {
  const walkers = nets.map(newWalker);
  const passPoint = createPointPass(walkers);
  const [{ inputs }] = nets[0];
  return (figure, line) => {
    for (const walker of walkers) begin(walker, line);
    const from = passPoint(figure, 0, 0.5);
    const to = passPoint(figure, 1, 0.5);
    let steps = 1;
    function* halve(): Sliced<void> {
      steps *= 2;
      for (let point = 1; point < steps; point += 2) {
        passPoint(figure, point / steps, 1);
        if (point % (2 * sliceSteps) === 1) yield;
      }
    }
    return {
      from,
      to,
      *refine() {
        do yield* halve();
        while (steps < firstSteps);
        const slopes = new Float64Array(inputs);
        for (const { net, back } of walkers) multiplyBack(net[0], back, slopes);
        return { slopes: slopes.map((sum) => sum / steps), steps };
      },
    };
  };
}

/** Adds up the derivatives of a figure at a point of the line, with a weight. @returns the figure there */
type PointPass = (figure: ExplainedFigure, share: number, weight: number) => number;

function createPointPass(walkers: readonly Walker[]): PointPass {
  const [{ net }] = walkers;
  const outputs = net[net.length - 1].units;
  const heads = new Float64Array(outputs);
  const weights = new Float32Array(outputs);
  return (figure, share, weight) => {
    heads.fill(0);
    for (const walker of walkers) forward(walker, share, heads);
    for (let head = 0; head < outputs; head++) heads[head] /= walkers.length;
    // a figure writes the heads it reads only
    weights.fill(0);
    figure.derive(heads, weights, 0);
    for (const walker of walkers) backward(walker, weights, weight / walkers.length);
    return figure.value(heads, 0);
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

function begin({ net: [first], start, change, back }: Walker, { baseline, vector }: Line): void {
  const difference = Float64Array.from(vector, (value, i) => value - baseline[i]);
  start.set(first.bias);
  multiply(first, Float64Array.from(baseline), start);
  change.fill(0);
  multiply(first, difference, change);
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

function backward({ net, values, deltas, back }: Walker, weights: Float32Array, weight: number): void {
  const last = deltas[deltas.length - 1];
  for (let head = 0; head < last.length; head++) last[head] = weights[head] * weight;
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

/** Adds row x kernel to `sums`, two rows of the kernel at a time. */
function multiply({ inputs, units, kernel }: DenseLayer, row: Float64Array, sums: Float64Array): void {
  let waiting = -1;
  for (let input = 0; input < inputs; input++) {
    if (row[input] === 0) continue;
    if (waiting < 0) waiting = input;
    else {
      const [first, second] = [row[waiting], row[input]];
      const [a, b] = [waiting * units, input * units];
      for (let unit = 0; unit < units; unit++) sums[unit] += first * kernel[a + unit] + second * kernel[b + unit];
      waiting = -1;
    }
  }
  if (waiting < 0) return;
  for (let unit = 0; unit < units; unit++) sums[unit] += row[waiting] * kernel[waiting * units + unit];
}

/** Adds kernel x deltas to `sums`, for the inputs that are on: above 0 in `values`, or all without them. */
function multiplyBack(
  { inputs, units, kernel }: DenseLayer,
  deltas: Float64Array,
  sums: Float64Array,
  values?: Float64Array,
): void {
  for (let input = 0; input < inputs; input++) {
    if (values !== undefined && values[input] === 0) continue;
    sums[input] += dot(deltas, kernel, input * units, units);
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
