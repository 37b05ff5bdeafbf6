import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import type { NetworkWeights } from '../../services/platform/tensorflow/network-weights.ts';
import { predictNetworks } from '../../services/platform/tensorflow/predict-networks.ts';
import { blendClosedForm } from './blend-closed-form.ts';
import type { CutTable } from './cut-table.ts';
import { tuneDayOne, type TunedStart } from './day-one/tune-day-one.ts';
import { encodeTables } from './encode-tables.ts';
import { fitClosedForm } from './fit-closed-form.ts';
import { fitInputs } from './fit-inputs.ts';
import type { InputCoding } from './input-coding.ts';
import type { OrderHistory } from './order-history.ts';
import { trainEnsemble } from './train-ensemble.ts';
import type { TrainRequest } from './train-request.ts';

/** Nets with what is needed to give them rows. */
export interface FittedNets {
  /** Learnt ones, and one that hands on the closed form; their heads are averaged. */
  readonly nets: readonly NetworkWeights[];
  /** Epoch each learnt net was taken from. */
  readonly bestEpochs: readonly number[];
  readonly coding: InputCoding;
}

export interface Phase {
  readonly name: string;
  readonly train: readonly CutTable[];
  /** The cut that decides when each net is best, or the epoch to stop after. */
  readonly stop: CutTable | number;
}

/**
 * Trains the nets of one phase. Inputs and the closed form are fitted on what its rows may know: orders up to the end of
 * the newest training cut's label window.
 */
export async function trainNets(phase: Phase, history: OrderHistory, request: TrainRequest): Promise<FittedNets> {
  const { name, train, stop } = phase;
  const { seeds, seed, epochs, progress, checkpoint } = request;
  const { coding, initial } = fitCoding(train, history, request);
  progress.phaseBegins(name, seeds * (typeof stop === 'number' ? stop : epochs));
  try {
    const stopOn = typeof stop === 'number' ? stop : encodeTables([stop], coding);
    const options = { seeds, seed, epochs, spendUnit: coding.spendUnit, phase: name, progress, checkpoint, ...initial };
    const rows = encodeTables(train, coding);
    const { nets, bestEpochs } = await trainEnsemble(rows, stopOn, options);
    // Nets of a model for any shop have the closed form in them already.
    return { nets: initial === null ? blendClosedForm(nets, coding, rows) : nets, bestEpochs, coding };
  } finally {
    progress.phaseEnds();
  }
}

interface Start {
  readonly coding: InputCoding;
  /** What nets of an earlier model begin with, and how; null where they begin at random. */
  readonly initial: TunedStart | null;
}

function fitCoding(train: readonly CutTable[], history: OrderHistory, request: TrainRequest): Start {
  const { horizonDays, currency } = request;
  const at = Math.max(...train.map(({ cut }) => cut)) + horizonDays;
  const perMajor = minorPerMajor(currencyExponent(currency) ?? 2);
  const window = { at, horizonDays, minorPerMajor: perMajor };
  const rows = train.flatMap((table) => table.rows);
  const spend = rows.reduce((sum, { outcome }) => sum + outcome.spend, 0);
  const spendUnit = spend > 0 ? spend / rows.length : 1;
  if (request.from !== undefined) return tuneDayOne(request.from, history, window, spendUnit);
  const closedForm = fitClosedForm(history, 'bg-nbd', window);
  return { coding: { inputs: fitInputs(train, closedForm), closedForm, spendUnit }, initial: null };
}

/** Raw heads of all rows of a cut. */
export function headsOf({ nets, coding }: FittedNets, table: CutTable): Float32Array {
  const set = encodeTables([table], coding);
  return predictNetworks(nets, set.rows, set.inputs);
}
