import type { EpochMs } from '../services/core/units.ts';
import type { Behaviour, Customer } from './customer.ts';
import { createRandom, type Random } from './random.ts';

export interface PopulationOptions {
  readonly seed: number;
  readonly customers: number;
  readonly historyDays: number;
  /** The moment that divides the past from what unfolds live. */
  readonly reference: EpochMs;
}

const dayMs = 86_400_000;
/** Days of life after the reference in which most farewells fall, so that a short run has some to show. */
const farewellWindowDays = 25;

/** Draws the customers of the demo business: about 70 % steady, 16 % dissatisfied, 14 % lapsing in silence. */
export function createPopulation(options: PopulationOptions): readonly Customer[] {
  return Array.from({ length: options.customers }, (_, index) => drawCustomer(options, index));
}

function drawCustomer(options: PopulationOptions, index: number): Customer {
  const id = `c${String(index + 1).padStart(5, '0')}`;
  const random = createRandom(options.seed, `customer:${id}`);
  const behaviour = drawBehaviour(random);
  const meanGapDays = Math.min(120, Math.max(5, 24 * Math.exp(0.6 * random.normal())));
  const joinedAt = drawJoin(options, random);
  return {
    id,
    behaviour,
    joinedAt,
    meanGapDays,
    gapShape: random.between(1, 5),
    medianOrder: 160 * Math.exp(0.7 * random.normal()),
    orderSigma: random.between(0.2, 0.7),
    seasonStrength: random.chance(0.4) ? random.between(0.2, 0.8) : 0,
    seasonPeakDay: random.pick([150, 335]),
    favouriteSource: random.pick(['web', 'web', 'app', 'pos']),
    ...drawFarewell(options, random, { behaviour, joinedAt, meanGapDays }),
  };
}

function drawBehaviour(random: Random): Behaviour {
  const draw = random.unit();
  if (draw < 0.7) return 'steady';
  return draw < 0.86 ? 'dissatisfied' : 'lapsing';
}

/** Two customers of five were there when the history began; the others joined along the way. */
function drawJoin(options: PopulationOptions, random: Random): EpochMs {
  const begin = options.reference - options.historyDays * dayMs;
  if (random.chance(0.4)) return begin + Math.round(random.between(0, Math.min(20, options.historyDays / 8)) * dayMs);
  return begin + Math.round(random.between(0, options.historyDays * 0.6) * dayMs);
}

function drawFarewell(
  options: PopulationOptions,
  random: Random,
  known: { behaviour: Behaviour; joinedAt: EpochMs; meanGapDays: number },
): Pick<Customer, 'dissatisfiedFrom' | 'gone'> {
  if (known.behaviour === 'steady') return { dissatisfiedFrom: null, gone: null };
  const earliest = known.joinedAt + 1.5 * known.meanGapDays * dayMs;
  if (known.behaviour === 'lapsing') {
    const latest = options.reference + 60 * dayMs;
    return { dissatisfiedFrom: null, gone: Math.round(Math.max(earliest, random.between(earliest, latest))) };
  }
  const hesitationMs = Math.max(90, known.meanGapDays * random.between(3, 5)) * dayMs;
  const soon = random.chance(0.7);
  const farewell = soon
    ? options.reference + random.between(0, farewellWindowDays) * dayMs
    : options.reference - random.between(0, options.historyDays / 2) * dayMs;
  const gone = Math.round(Math.max(farewell, earliest + hesitationMs));
  return { dissatisfiedFrom: Math.round(gone - hesitationMs), gone };
}
