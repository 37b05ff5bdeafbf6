import { useBackend } from '../../../services/platform/tensorflow/backend.ts';
import { targetColumns } from '../../../services/platform/tensorflow/training-set.ts';
import { dataFileError } from '../data-file-error.ts';
import { concatSets } from './concat-sets.ts';
import type { DayOneModel } from './day-one-model.ts';
import type { DayOneRequest } from './day-one-request.ts';
import { fitDayOneInputs } from './fit-day-one-inputs.ts';
import { gatherRealShop, gatherSimulatedShops } from './gather-shops.ts';
import { judgeOnShops, type ShopJudgement } from './judge-on-shops.ts';
import { typicalShop } from './typical-shop.ts';
import { encodeShopRows, type ShopRows } from './shop-rows.ts';
import { trainMixedNets } from './train-mixed-nets.ts';

/** A model that knows no shop, with what its manifest and card say about it. */
export interface TrainedDayOne {
  readonly model: Omit<DayOneModel, 'name'>;
  readonly judgement: ShopJudgement;
  readonly rows: number;
  readonly realRows: number;
  /** Shops at one age each. */
  readonly shopCuts: number;
  /** A judged shop's customers; golden vectors are taken from it. */
  readonly example: ShopRows;
}

const rowsPerCut = 120;
const learningRate = 2e-3;
const spendShare = targetColumns.indexOf('spendShare');
/** Seeds of the judging shops begin here; training ones would have to be very many to get there. */
const judgingSeeds = 1_000_000;

/**
 * Trains nets on shops of many kinds at many ages, each told in its own units, and judges them on simulated shops they
 * have not seen. The same request gives the same model, bit for bit.
 */
export async function trainDayOne(request: DayOneRequest): Promise<TrainedDayOne> {
  const { shops, seeds, seed, epochs, progress } = request;
  await useBackend(request.backend);
  progress.phaseBegins('learning from', shops, 'simulated shops');
  let done = 0;
  const onShop = (phase: string) => (): void => progress.epochDone({ phase, net: 1, epoch: ++done, loss: NaN });
  const simulated = await gatherSimulatedShops({ seed: seed * 10_000, shops, rowsPerCut, onShop: onShop('learning from') }); // prettier-ignore
  progress.phaseEnds();
  const real = request.real === null ? [] : gatherRealShop(request.real, request.until, seed);
  if (request.real !== null && real.length === 0) {
    throw dataFileError('The orders before --until are too few or span less than 150 days; give a longer history.');
  }
  const all = [...simulated, ...real];
  const inputs = fitDayOneInputs(all);
  const { set, spendUnit } = encodeAll(all, inputs);
  progress.phaseBegins('nets', seeds * epochs);
  const options = { seeds, seed, epochs, spendUnit, phase: 'nets', progress, dropsUnits: false, learningRate };
  const nets = await trainMixedNets(set, inputs, options);
  progress.phaseEnds();

  const model = { nets, inputs, typical: typicalShop };
  const judges = Math.ceil(shops / 5);
  progress.phaseBegins('judged by', judges, 'simulated shops');
  done = 0;
  const judging = { seed: judgingSeeds, shops: judges, onShop: onShop('judged by') };
  const judgement = await judgeOnShops({ ...model, name: 'day-one' }, judging);
  progress.phaseEnds();
  const [example] = await gatherSimulatedShops({ seed: judgingSeeds, shops: 5, rowsPerCut, onShop: () => undefined });
  const realRows = real.reduce((sum, { table }) => sum + table.rows.length, 0);
  return { model, judgement, rows: set.rows, realRows, shopCuts: all.length, example };
}

function encodeAll(
  shops: readonly ShopRows[],
  inputs: DayOneModel['inputs'],
): { set: ReturnType<typeof concatSets>; spendUnit: number } {
  const set = concatSets(shops.map((shop) => encodeShopRows(shop, inputs, 1)));
  let spend = 0;
  for (let at = spendShare; at < set.targets.length; at += targetColumns.length) spend += set.targets[at];
  const spendUnit = Math.max(spend / set.rows, 1e-6);
  for (let at = spendShare; at < set.targets.length; at += targetColumns.length) set.targets[at] /= spendUnit;
  return { set, spendUnit };
}
