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
  const course = drawCourse(options, random, { behaviour, meanGapDays });
  return {
    id,
    behaviour,
    meanGapDays,
    gapShape: random.between(1, 5),
    medianOrder: (course.isNewcomer ? 60 : 160) * Math.exp(0.7 * random.normal()),
    orderSigma: random.between(0.2, 0.7),
    seasonStrength: random.chance(0.4) ? random.between(0.2, 0.8) : 0,
    seasonPeakDay: random.pick([150, 335]),
    favouriteSource: random.pick(['web', 'web', 'app', 'pos']),
    joinedAt: course.joinedAt,
    dissatisfiedFrom: course.dissatisfiedFrom,
    gone: course.gone,
  };
}

function drawBehaviour(random: Random): Behaviour {
  const draw = random.unit();
  if (draw < 0.7) return 'steady';
  return draw < 0.86 ? 'dissatisfied' : 'lapsing';
}

/** When a customer comes, begins to be dissatisfied, and goes. */
interface Course extends Pick<Customer, 'joinedAt' | 'dissatisfiedFrom' | 'gone'> {
  readonly isNewcomer: boolean;
}

function drawCourse(
  options: PopulationOptions,
  random: Random,
  known: { readonly behaviour: Behaviour; readonly meanGapDays: number },
): Course {
  if (known.behaviour === 'dissatisfied' && random.chance(0.75)) return drawDisappointment(options, random);
  const joinedAt = drawJoin(options, random);
  const earliest = joinedAt + 1.5 * known.meanGapDays * dayMs;
  if (known.behaviour === 'steady') return { joinedAt, dissatisfiedFrom: null, gone: null, isNewcomer: false };
  if (known.behaviour === 'lapsing') {
    const gone = Math.round(random.between(earliest, Math.max(earliest, options.reference + 60 * dayMs)));
    return { joinedAt, dissatisfiedFrom: null, gone, isNewcomer: false };
  }
  const hesitationMs = Math.max(90, known.meanGapDays * random.between(3, 5)) * dayMs;
  const gone = Math.round(Math.max(drawFarewell(options, random), earliest + hesitationMs));
  return { joinedAt, dissatisfiedFrom: Math.round(gone - hesitationMs), gone, isNewcomer: false };
}

/** A newcomer whose first order went wrong: complaints, months of silence, and then what is still open is cancelled. */
function drawDisappointment(options: PopulationOptions, random: Random): Course {
  const begin = options.reference - options.historyDays * dayMs;
  const gone = Math.round(drawFarewell(options, random));
  const silentMs = random.between(0.5, 0.85) * options.historyDays * dayMs;
  const joinedAt = Math.round(Math.max(begin, gone - silentMs));
  const dissatisfiedFrom = Math.min(gone - dayMs, joinedAt + Math.round(random.between(2, 12) * dayMs));
  return { joinedAt, dissatisfiedFrom, gone, isNewcomer: true };
}

/** Most farewells fall into the first live days. */
function drawFarewell(options: PopulationOptions, random: Random): EpochMs {
  if (random.chance(0.7)) return options.reference + random.between(0, farewellWindowDays) * dayMs;
  return options.reference - random.between(0, options.historyDays / 4) * dayMs;
}

/** Two customers of five were there when the history began; the others joined along the way. */
function drawJoin(options: PopulationOptions, random: Random): EpochMs {
  const begin = options.reference - options.historyDays * dayMs;
  if (random.chance(0.4)) return begin + Math.round(random.between(0, Math.min(20, options.historyDays / 8)) * dayMs);
  return begin + Math.round(random.between(0, options.historyDays * 0.6) * dayMs);
}
