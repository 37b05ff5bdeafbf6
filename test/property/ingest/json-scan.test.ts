import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findElements } from '../../../services/ingest/body/find-elements.ts';
import { findFault } from '../../../services/ingest/body/find-fault.ts';
import { canonicalJson } from '../../../services/ingest/steps/canonical-json.ts';
import { runs } from '../../support/property-runs.ts';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

it('a text has a fault exactly when JSON.parse refuses it', () => {
  const spoilt = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', '{', ']', ',', ':', '0', '.', '-', 'e', '\\', '\n', 'null', ' '),
    )
    .map(([text, at, sign]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + sign + text.slice(place + (at % 2));
    });
  fc.assert(
    fc.property(fc.oneof(spoilt, fc.json(), fc.string({ unit: 'binary' })), (text) => {
      const errorAt = findFault(text);
      expect(errorAt === null).toBe(parses(text));
      // Everything before the fault is right: no continuation of a shorter prefix is refused earlier.
      if (errorAt !== null) expect(findFault(text.slice(0, errorAt)) ?? errorAt).toBe(errorAt);
    }),
    { numRuns: runs(2000) },
  );
});

it('the elements found are the elements parsed', () => {
  const spaced = fc.tuple(fc.array(fc.jsonValue()), fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'));
  fc.assert(
    fc.property(spaced, ([batch, other, indent]) => {
      const text = JSON.stringify({ before: other, batch, after: [{ batch: other }] }, null, indent);
      const found = findElements(text, 'batch').map(({ start, end }) => JSON.parse(text.slice(start, end)) as unknown);
      expect(found).toEqual((JSON.parse(text) as { batch: unknown[] }).batch);
    }),
    { numRuns: runs(500) },
  );
});

it('the elements found of a text that is a list are the elements parsed', () => {
  const spaced = fc.tuple(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'));
  fc.assert(
    fc.property(spaced, ([list, indent]) => {
      const text = JSON.stringify(list, null, indent);
      const spans = findElements(text, null);
      expect(spans.map(({ start, end }) => JSON.parse(text.slice(start, end)) as unknown)).toEqual(JSON.parse(text));
    }),
    { numRuns: runs(500) },
  );
});

it('canonical JSON is one text per value, and reads back as the value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = canonicalJson(value, 64) ?? '';
      const parsed: unknown = JSON.parse(text);
      expect(parsed).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(parsed, 64)).toBe(text);
    }),
    { numRuns: runs(500) },
  );
});
