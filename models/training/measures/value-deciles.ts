/** One tenth of the rows, by predicted value. */
export interface ValueDecile {
  readonly predicted: number;
  readonly real: number;
}

/** Mean predicted and real value of each decile of the predictions, ascending: the deciles of `decileMape`. */
export function valueDeciles(predictions: readonly number[], truth: readonly number[]): ValueDecile[] {
  const order = predictions.map((_, i) => i).sort((a, b) => predictions[a] - predictions[b]);
  const bound = (decile: number): number => Math.round((decile * order.length) / 10);
  return Array.from({ length: 10 }, (_, decile) => order.slice(bound(decile), bound(decile + 1)))
    .filter((rows) => rows.length > 0)
    .map((rows) => ({ predicted: meanOf(rows, predictions), real: meanOf(rows, truth) }));
}

function meanOf(rows: readonly number[], values: readonly number[]): number {
  return rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
}
