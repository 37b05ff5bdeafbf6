import { EngineError } from '../../services/core/errors.ts';
import type { KpiFact } from '../../services/core/kpis/kpi-fact.ts';
import { factCodec, twinTopics, type TwinWorld } from './scorer-twin.ts';

/** Facts on the topic of a twin, in the order they stand there, repeated ones as often as they do. */
export async function publishedFacts({ log }: Pick<TwinWorld, 'log'>): Promise<readonly KpiFact[]> {
  const decoded = await factCodec.decode(log.records(twinTopics.facts).map(({ value }) => value));
  return decoded.map((fact) => {
    if (fact instanceof EngineError) throw fact;
    return fact;
  });
}

/**
 * What is left of facts once copies are dropped as whoever counts does it: per customer and kind, what does not come
 * after the highest place seen is a copy. Order is kept.
 * @throws where two facts claim the same place and differ
 */
export function withoutCopies(facts: readonly KpiFact[]): readonly KpiFact[] {
  const marks = new Map<string, readonly [epoch: number, sequence: number]>();
  const kept = new Map<string, string>();
  return facts.filter((fact) => {
    const { tenant, surrogate, kind, epoch, sequence } = fact;
    const key = [tenant, surrogate, kind].join(' ');
    const place = [key, epoch, sequence].join(' ');
    const text = JSON.stringify(fact);
    if ((kept.get(place) ?? text) !== text) throw new Error(`two facts stand at ${place}`);
    kept.set(place, text);
    const mark = marks.get(key) ?? [-1, -Infinity];
    if (epoch < mark[0] || (epoch === mark[0] && sequence <= mark[1])) return false;
    marks.set(key, [epoch, sequence]);
    return true;
  });
}
