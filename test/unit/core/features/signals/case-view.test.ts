import { describe, expect, it } from 'vitest';
import type { FeatureState } from '../../../../../services/core/features/customer-state.ts';
import { emptyFeatures } from '../../../../../services/core/features/empty-state.ts';
import {
  addMark,
  caseMark,
  marksPerDay,
  type CaseStep,
} from '../../../../../services/core/features/signals/case-marks.ts';
import { viewCases } from '../../../../../services/core/features/signals/case-view.ts';

const asOf = 20_000;

/** Steps of one case by days before asOf, oldest day first. */
function casesOf(days: Readonly<Record<number, readonly CaseStep[]>>): FeatureState {
  const signalTiles = Object.entries(days)
    .map(([ago, steps]) => {
      const cases: number[] = [];
      for (const step of steps) addMark(cases, caseMark('c1', step));
      return { day: asOf - Number(ago), counts: [0, steps.length], cases };
    })
    .sort((a, b) => a.day - b.day);
  return { ...emptyFeatures(), signalTiles };
}

describe('the view of cases', () => {
  it.each<[string, Record<number, CaseStep[]>, number, number]>([
    ['opened', { 5: ['opened'] }, 1, 5],
    ['opened twice, by two systems, and resolved', { 5: ['opened', 'opened'], 3: ['resolved'] }, 0, 0],
    ['opened and ended on one day', { 5: ['closed', 'opened'] }, 0, 0],
    ['ended, and ended and reopened on a later day', { 9: ['opened', 'closed'], 5: ['reopened', 'resolved'] }, 0, 0],
    ['open, and ended twice and reopened on one day', { 9: ['opened'], 5: ['resolved', 'closed', 'reopened'] }, 1, 5],
    ['known by its reopening only', { 5: ['reopened'] }, 1, 5],
    ['opened before the horizon', { 455: ['opened'] }, 0, 0],
  ])('of a case that was %s', (_name, days, open, oldestOpenDays) => {
    expect(viewCases(casesOf(days), asOf)).toMatchObject({ open, oldestOpenDays });
  });

  it('waits a full business day for the first answer', () => {
    expect(viewCases(casesOf({ 1: ['opened'] }), asOf)).toMatchObject({ unanswered: 0, slow90: 0 });
    expect(viewCases(casesOf({ 2: ['opened'] }), asOf)).toMatchObject({ unanswered: 1, slow90: 1 });
    expect(viewCases(casesOf({ 9: ['opened'], 8: ['answered'] }), asOf)).toMatchObject({ unanswered: 0, slow90: 0 });
    expect(viewCases(casesOf({ 9: ['opened'], 7: ['answered'] }), asOf)).toMatchObject({ unanswered: 0, slow90: 1 });
  });

  it('keeps the same steps of a day with too many, whatever order they came in', () => {
    const marks = Array.from({ length: marksPerDay + 8 }, (_, i) => caseMark(`case ${i}`, 'opened'));
    const kept = [marks, marks.toReversed()].map((order) => {
      const day: number[] = [];
      for (const mark of order) addMark(day, mark);
      return day;
    });
    expect(kept[0]).toHaveLength(marksPerDay);
    expect(kept[1]).toEqual(kept[0]);
  });
});
