import { setImmediate } from 'node:timers/promises';
import { createRandom } from '../../../simulator/random.ts';
import type { EpochDay } from '../../../services/core/units.ts';
import { groupOrders, type OrderHistory } from '../order-history.ts';
import type { RealShop } from './real-shop.ts';
import { horizonDays, makeShopRows, type ShopRows } from './shop-rows.ts';
import { drawShopTraits } from './shop-traits.ts';
import { simulateShop } from './simulate-shop.ts';
import { typicalShop } from './typical-shop.ts';

const youngestDays = 45;
const simulatedMinorPerMajor = 100;
/** A shop so small or so dead that next to nobody is left at the cut teaches nothing. */
const leastRows = 50;
const cutsPerShop = 2;
const realPlan = { stepDays: 60, firstDays: 60, rowsPerCut: 1200 } as const;

export interface SimulatedShopsRequest {
  /** Seed of the first shop; the others follow it. */
  readonly seed: number;
  readonly shops: number;
  readonly rowsPerCut: number;
  readonly onShop: () => void;
}

/** Rows of simulated shops, each at two ages between 45 days and the last whole label window. */
export async function gatherSimulatedShops(request: SimulatedShopsRequest): Promise<ShopRows[]> {
  const gathered: ShopRows[] = [];
  for (let seed = request.seed; seed < request.seed + request.shops; seed++) {
    gathered.push(...rowsOfSimulatedShop(seed, request.rowsPerCut));
    request.onShop();
    await setImmediate(); // signals and progress get their turn between shops
  }
  return gathered;
}

function rowsOfSimulatedShop(seed: number, most: number): ShopRows[] {
  const random = createRandom(seed, 'traits');
  const traits = drawShopTraits(random);
  const history = groupOrders(simulateShop(traits, seed).orders, traits.days);
  if (history === null) return [];
  const cuts = Array.from({ length: cutsPerShop }, () => random.integer(youngestDays, traits.days - horizonDays));
  return cuts.flatMap((cut) => rowsAt(history, { cut, minorPerMajor: simulatedMinorPerMajor, most, seed }));
}

/** Rows of a real shop, at an age of 60 days and every 60 days after it; label windows end at `until` at the latest. */
export function gatherRealShop({ orders, minorPerMajor }: RealShop, until: EpochDay, seed: number): ShopRows[] {
  const history = groupOrders(orders, until);
  if (history === null) return [];
  const cuts: EpochDay[] = [];
  const first = history.firstDay + realPlan.firstDays;
  for (let cut = first; cut <= until - horizonDays; cut += realPlan.stepDays) cuts.push(cut);
  return cuts.flatMap((cut) => rowsAt(history, { cut, minorPerMajor, most: realPlan.rowsPerCut, seed }));
}

function rowsAt(history: OrderHistory, request: Parameters<typeof makeShopRows>[1]): ShopRows[] {
  if (history.firstDay >= request.cut) return [];
  const rows = makeShopRows(history, request, typicalShop);
  return rows.table.rows.length < leastRows ? [] : [rows];
}
