import type { Level } from '../../../services/core/scoring/level.ts';
import type { Score, ScoreReason } from '../../../services/core/scoring/score.ts';
import { aScore } from '../../support/score-builder.ts';
import { benchCustomer } from '../pipeline/bench-events.ts';

const dayMs = 86_400_000;

/** One customer in ten comes to be at risk, wavers, and recovers; the others never open a task. */
const atRisk: readonly Level[] = ['watch', 'high', 'high', 'watch', 'critical', 'none'];
const safe: readonly Level[] = ['none', 'watch'];

const reasons: readonly ScoreReason[] = [
  { code: 'longer-gap', contribution: 0.4, en: 'Buys less often than before', zhCN: '购买间隔变长' },
  { code: 'less-spend', contribution: 0.2, en: 'Spends less than a year ago', zhCN: '消费低于去年同期' },
];

/** `count` scores of `customers` customers in turn, a business day on each turn, received up to now. */
export function* benchScores(count: number, customers: number): Generator<Score> {
  const surrogates = Array.from({ length: customers }, (_, i) => benchCustomer(i));
  const now = Date.now();
  const turns = Math.ceil(count / customers);
  for (let i = 0; i < count; i++) {
    const customer = (i * 48_271) % customers;
    const turn = Math.floor(i / customers);
    const levels = customer % 10 === 0 ? atRisk : safe;
    const level = levels[turn % levels.length];
    yield aScore({
      surrogate: surrogates[customer],
      customerRef: String(customer),
      scoreId: i.toString(16).padStart(32, '0'),
      eventId: `bench-event-${i}`,
      stateVersion: turn + 1,
      level,
      asOf: Math.floor(now / dayMs) + 1 - (turns - 1 - turn),
      receivedAt: now - (count - i),
      reasons: level === 'high' || level === 'critical' ? reasons : null,
    });
  }
}
