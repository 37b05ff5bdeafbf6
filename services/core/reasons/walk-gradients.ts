import type { ExplainableModel } from '../ports/explainable-model.ts';
import type { ExplainedFigure } from './explained-figure.ts';
import { firstSteps, type Line, type WalkLine } from './line-walk.ts';

/** Walks lines through a model of any make, by its gradients at each of the points. */
export function createGradientWalk(model: ExplainableModel): WalkLine {
  const outputs = model.manifest.outputs.length;
  return (figure, line) => {
    const heads = model.predict(2, Float32Array.from([...line.baseline, ...line.vector]));
    let steps = firstSteps / 2;
    return {
      from: figure.value(heads, 0),
      to: figure.value(heads, outputs),
      *refine() {
        steps *= 2;
        return { slopes: meanGradient(model, figure, line, steps), steps };
      },
    };
  };
}

function meanGradient(model: ExplainableModel, figure: ExplainedFigure, line: Line, steps: number): Float64Array {
  const points = pointsOn(line, steps);
  const heads = model.predict(steps + 1, points);
  const outputs = model.manifest.outputs.length;
  const weights = new Float32Array(heads.length);
  for (let point = 0; point <= steps; point++) figure.derive(heads, weights, point * outputs);
  const sums = new Float64Array(line.vector.length);
  model.gradients(steps + 1, points, weights).forEach((slope, i) => {
    const point = Math.floor(i / sums.length);
    sums[i % sums.length] += point === 0 || point === steps ? slope / 2 : slope;
  });
  return sums.map((sum) => sum / steps);
}

function pointsOn({ baseline, vector }: Line, steps: number): Float32Array {
  const width = vector.length;
  const points = new Float32Array((steps + 1) * width);
  for (let point = 0; point <= steps; point++) {
    for (let i = 0; i < width; i++)
      points[point * width + i] = baseline[i] + (point / steps) * (vector[i] - baseline[i]);
  }
  return points;
}
