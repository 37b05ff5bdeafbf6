import { stateCorrupt } from '../features/state-corrupt.ts';
import { emptyLoyaltyState, type LoyaltyState } from './loyalty-state.ts';

/** First byte of a stored state; grows when the layout behind it changes. */
const format = 1;

/*
 * Layout: one version byte, then JSON. What there are many of (days, orders, hashes) is arrays in a fixed order, since field
 * names would be most of the bytes; what there is little of keeps its names.
 */

type PackedOrder = readonly [
  number,
  readonly (readonly [number, number, number])[],
  readonly (readonly [number, number | null])[],
];
type Packed = Omit<LoyaltyState, 'ledger' | 'spend' | 'orders'> & {
  readonly ledger: readonly (readonly [number, number, number, number])[];
  readonly spend: readonly (readonly [number, number])[];
  readonly orders: readonly PackedOrder[];
}; // prettier-ignore

/** Packs a state for the store. Equal states have equal bytes. */
export function encodeLoyaltyState(state: LoyaltyState): Buffer {
  const packed: Packed = {
    marks: state.marks,
    recent: state.recent,
    registrations: state.registrations,
    opening: state.opening,
    ledger: state.ledger.map(({ day, earned, spent, corrected }) => [day, earned, spent, corrected]),
    spend: state.spend.map(({ day, net }) => [day, net]),
    orders: state.orders.map(({ order, placed, returned }) => [
      order,
      placed.map(({ day, amount, points }) => [day, amount, points]),
      returned.map(({ day, amount }) => [day, amount]),
    ]),
    commands: state.commands,
    audits: state.audits,
    reference: state.reference,
    toldLevel: state.toldLevel,
    levelChanges: state.levelChanges,
    untold: state.untold,
  };
  return Buffer.concat([Buffer.from([format]), Buffer.from(JSON.stringify(packed), 'utf8')]);
}

/** Unpacks what `encodeLoyaltyState` packed. Anything else is ERR_STATE_CORRUPT. */
export function decodeLoyaltyState(bytes: Buffer): LoyaltyState {
  if (bytes[0] !== format) throw stateCorrupt(`points and level in the unknown format ${bytes[0] ?? 'of no bytes'}`);
  const packed = parse(bytes);
  return {
    ...emptyLoyaltyState(),
    ...packed,
    ledger: packed.ledger.map(([day, earned, spent, corrected]) => ({ day, earned, spent, corrected })),
    spend: packed.spend.map(([day, net]) => ({ day, net })),
    orders: packed.orders.map(([order, placed, returned]) => ({
      order,
      placed: placed.map(([day, amount, points]) => ({ day, amount, points })),
      returned: returned.map(([day, amount]) => ({ day, amount })),
    })),
  };
}

function parse(bytes: Buffer): Packed {
  try {
    const value = JSON.parse(bytes.toString('utf8', 1)) as Packed;
    if ([value.ledger, value.spend, value.orders, value.marks].every(Array.isArray)) return value;
  } catch {
    // Told below.
  }
  throw stateCorrupt('points and level are not what was packed');
}
