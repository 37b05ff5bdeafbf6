import type { ChaosRates } from './chaos.ts';
import type { SeededRandom } from './seeded-random.ts';

const peace: ChaosRates = {
  lost: 0,
  half: 0,
  unheard: 0,
  late: 0,
  slow: 0,
  kills: 0,
  zombies: 0,
  joins: 0,
  leaves: 0,
  failovers: 0,
  reconnects: 0,
};

/** What goes wrong in a schedule; the seed's last digits choose the theme, so that a seed alone repeats everything. */
export const themes = {
  calls: (random: SeededRandom): ChaosRates => ({
    ...peace,
    lost: random.pick([0, 40, 150]),
    half: random.pick([0, 40, 150]),
    unheard: random.pick([0, 40, 150]),
    late: random.pick([0, 40, 150]),
    slow: random.pick([0, 30]),
    kills: random.pick([0, 8, 20]),
    reconnects: random.pick([0, 15]),
  }),
  members: (random: SeededRandom): ChaosRates => ({
    ...peace,
    slow: random.pick([0, 40, 120]),
    unheard: random.pick([0, 60]),
    kills: random.pick([0, 6, 15]),
    zombies: random.pick([5, 15, 30]),
    joins: 25,
    leaves: random.pick([0, 6, 15]),
  }),
  forgetting: (random: SeededRandom): ChaosRates => ({
    ...peace,
    late: random.pick([0, 50]),
    slow: random.pick([0, 40]),
    kills: random.pick([0, 8]),
    joins: random.pick([0, 10]),
    failovers: random.pick([5, 15, 30]),
    reconnects: random.pick([0, 15]),
  }),
  everything: (random: SeededRandom): ChaosRates => ({
    lost: random.below(100),
    half: random.below(100),
    unheard: random.below(100),
    late: random.below(100),
    slow: random.below(100),
    kills: random.below(15),
    zombies: random.below(15),
    joins: random.below(20),
    leaves: random.below(10),
    failovers: random.below(20),
    reconnects: random.below(15),
  }),
} as const satisfies Record<string, (random: SeededRandom) => ChaosRates>;

export type Theme = keyof typeof themes;

export const themeNames = Object.keys(themes) as readonly Theme[];
