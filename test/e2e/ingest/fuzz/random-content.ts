import type { SeededRandom } from '../../../support/simulation/seeded-random.ts';

export const weirdTexts = [
  '', ' ', 'null', 'undefined', 'NaN', '-1', '0', '1e999', '99999999999999999999', 'true', '__proto__', 'constructor',
  'u1', 'a@b.org', '+44 20 7946 0000', '2026-05-01T10:00:00Z', '0000-00-00', '275760-09-13T00:00:00Z', 'never', 'EUR', 'XXX',
  '1777629600000', '\u0000', '\ud800', 'é', '😀', '{"a":1}', '[1]', 'eyJhIjoxfQ', 'iglu:a/b/jsonschema/1-0-0', '100-continue',
  'Basic Og==', 'Bearer x', 'application/cloudevents+json', 'application/json; charset=utf-16', '1.0', 'x'.repeat(5_000),
] as const; // prettier-ignore

const members = [
  'batch', 'data', 'events', 'event', 'type', 'properties', 'traits', 'context', 'messageId', 'uuid', 'eid', 'id', 'userId',
  'distinct_id', 'uid', 'time', 'timestamp', 'dtm', 'amount', 'revenue', 'value', 'currency', 'ue_pr', 'ue_px', 'co', 'cx',
  '__proto__', 'toString', 'writeKey', 'api_key', 'historical', 'importId', 'specversion', 'source', '$set', 'email', '',
] as const; // prettier-ignore

export function randomBytes(random: SeededRandom, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.below(256)));
}

/** Any JSON value, in which names stand that some dialect knows. */
export function randomJson(random: SeededRandom, depth: number): unknown {
  const kind = random.below(depth > 0 ? 7 : 4);
  if (kind === 0) return random.pick(weirdTexts);
  if (kind === 1) return random.pick([null, true, false, 0, -0, 1e308, -5e-324, 2 ** 53, 0.1]);
  if (kind === 2) return random.below(2 ** 31);
  if (kind === 3) return `${random.pick(members)}${random.below(100)}`;
  if (kind === 4) return Array.from({ length: random.below(5) }, () => randomJson(random, depth - 1));
  const entries = Array.from({ length: random.below(6) }, () => [random.pick(members), randomJson(random, depth - 1)]);
  return Object.fromEntries(entries) as unknown;
}

/** Takes away, doubles or puts in a few characters. */
export function spoilText(text: string, random: SeededRandom): string {
  let spoilt = text;
  for (let times = random.between(1, 4); times > 0; times--) {
    const at = random.below(spoilt.length + 1);
    const end = Math.min(spoilt.length, at + random.below(20));
    const put = random.pick(['', '"', '{', '}', '[', ']', ',', ':', '\\', '\n', '0', 'e', '-', spoilt.slice(at, end).repeat(2)]); // prettier-ignore
    spoilt = spoilt.slice(0, at) + put + spoilt.slice(end);
  }
  return spoilt;
}
