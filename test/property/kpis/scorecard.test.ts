import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { achievementOf } from '../../../services/core/kpis/scorecard/achievement.ts';
import { compositeOf } from '../../../services/core/kpis/scorecard/composite.ts';
import { type TargetNode, targetTree } from '../../../services/core/kpis/scorecard/target-tree.ts';
import { aScorecard, anUnit, aTarget, scorecardLines, targetOf } from '../../support/scorecard-arbitraries.ts';
import { runs } from '../../support/property-runs.ts';

const value = fc.double({ min: -150, max: 2e6, noNaN: true });

describe('achievement', () => {
  it('is from 0 to 100, and 100 exactly where the target is reached', () => {
    fc.assert(
      fc.property(value, aTarget, anUnit, (figure, target, unit) => {
        const achievement = achievementOf(figure, target, unit);
        const isReached = figure >= (target.green.least ?? -Infinity) && figure <= (target.green.most ?? Infinity);
        expect(achievement).toBeGreaterThanOrEqual(0);
        expect(achievement).toBeLessThanOrEqual(100);
        if (isReached) expect(achievement).toBe(100);
      }),
      { numRuns: runs(200) },
    );
  });

  it('never falls when a value moves towards its target', () => {
    fc.assert(
      fc.property(value, value, aTarget, anUnit, (a, b, target, unit) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [atLow, atHigh] = [low, high].map((figure) => achievementOf(figure, target, unit));
        if (high <= (target.green.most ?? Infinity)) expect(atHigh).toBeGreaterThanOrEqual(atLow);
        if (low >= (target.green.least ?? -Infinity)) expect(atLow).toBeGreaterThanOrEqual(atHigh);
      }),
      { numRuns: runs(200) },
    );
  });

  it('is nothing below a target at or under the lowest value: such a target is reached or not', () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 0, noNaN: true }), fc.double({ min: 1e-6, max: 10, noNaN: true }), (target, missing) => {
        expect(achievementOf(target - missing, targetOf(target, null), 'ratio')).toBe(0);
        expect(achievementOf(target, targetOf(target, null), 'ratio')).toBe(100);
      }),
      { numRuns: runs(200) },
    ); // prettier-ignore
  });

  it('lies on a straight line: halfway to the target is half of it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (target, part) => {
        expect(achievementOf(part * target, targetOf(target, null), 'money')).toBeCloseTo(100 * part, 6);
        expect(achievementOf((2 - part) * target, targetOf(null, target), 'money')).toBeCloseTo(100 * part, 6);
      }),
      { numRuns: runs(200) },
    ); // prettier-ignore
  });
});

describe('the composite', () => {
  it('is the mean over single points of weight, of those KPIs that have an achievement', () => {
    fc.assert(
      fc.property(scorecardLines, (lines) => {
        const points = lines.flatMap(({ weight, achievement }) =>
          Array.from({ length: weight }, () => achievement).filter((point) => point !== null),
        );
        const { score, coveredWeight, weight } = compositeOf(lines);
        expect(coveredWeight).toBe(points.length);
        expect(weight).toBe(lines.reduce((sum, line) => sum + line.weight, 0));
        if (points.length === 0) expect(score).toBeNull();
        else expect(score).toBeCloseTo(points.reduce((sum, point) => sum + point, 0) / points.length, 8);
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('the target tree', () => {
  it('gives out every weight once: the company is the mean of its departments by the weight they cover', () => {
    fc.assert(
      fc.property(scorecardLines, (lines) => {
        const tree = targetTree(aScorecard(lines), []);
        const sum = (figure: (node: TargetNode) => number) =>
          tree.children.reduce((all, node) => all + figure(node), 0);
        expect(sum((node) => node.composite.weight)).toBeCloseTo(tree.composite.weight, 8);
        expect(sum((node) => node.composite.coveredWeight)).toBeCloseTo(tree.composite.coveredWeight, 8);
        const points = sum(({ composite }) => composite.coveredWeight * (composite.score ?? 0));
        expect(points).toBeCloseTo(tree.composite.coveredWeight * (tree.composite.score ?? 0), 6);
      }),
      { numRuns: runs(200) },
    );
  });

  it('breaks a department down to customer groups that hold its KPIs and no others', () => {
    fc.assert(
      fc.property(scorecardLines, scorecardLines, (whole, part) => {
        const slice = { dimension: 'tier', value: 'retail5.core' } as const;
        const tree = targetTree(aScorecard(whole), [aScorecard(part, { slice })]);
        for (const { name, children } of tree.children) {
          for (const group of children) {
            expect(group.name).toBe('tier=retail5.core');
            expect(group.lines.length).toBeGreaterThan(0);
            for (const { owners } of group.lines) {
              expect(owners.length === 0 ? name === 'unassigned' : owners.includes(name)).toBe(true);
            }
          }
        }
      }),
      { numRuns: runs(200) },
    );
  });
});
