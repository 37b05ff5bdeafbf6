import type { Classifier } from './classifier.ts';
import { compileCriteria } from './compile-criteria.ts';
import type { ConditionScope } from './compile-condition.ts';
import { compileMachine } from './compile-machine.ts';
import { compileRfm } from './compile-rfm.ts';
import { type Cutoff, type CutoffLookup, lookUpCutoffs } from './cutoffs.ts';
import { createMeasureSet, type MeasureSet } from './measure-set.ts';
import { placeTable, recallPlaces, type SegmentMemory } from './segment-memory.ts';
import { Segmenter } from './segmenter.ts';
import type { SchemeRule, SegmentsDocument } from './segments-document.ts';
import { shareRules } from './share-rules.ts';
import { settingsOf, type TenantSettings } from './tenant-settings.ts';

/** A segment configuration, ready for use. */
export interface SegmentPlan {
  /** The file's own version and a digest of what stands in it; activations name it. */
  readonly version: string;
  readonly document: SegmentsDocument;
  readonly measures: MeasureSet;
  /** Names of the schemes, then of the machines. */
  readonly names: readonly string[];
  /** Segments of a tenant's customers under the cut-offs of one activation; made once for each. */
  segmenterFor(tenant: string, activation: SegmentActivation): Segmenter;
  settingsOf(tenant: string): TenantSettings;
  /** Place in each scheme and machine, as it is kept of a customer. */
  placesIn(memory: SegmentMemory | null): Readonly<Record<string, string>>;
}

export interface SegmentActivation {
  readonly activationId: string;
  readonly tierCutoffs: readonly Cutoff[];
}

/** @param document checked by `find-segment-problems.ts` */
export function compileSegments(
  version: string,
  document: SegmentsDocument,
  featureNames: readonly string[],
): SegmentPlan {
  const measures = createMeasureSet(document.measures, featureNames);
  const made = new Map<string, Map<string, Segmenter>>();
  const classifiersFor = (tenant: string, cutoffs: readonly Cutoff[]): Classifier[] =>
    compileAll(document, { measures, settings: settingsOf(document, tenant), cutoffs: lookUpCutoffs(cutoffs, tenant) });
  const all = classifiersFor('', []);
  const table = placeTable(all);
  return {
    version,
    document,
    measures,
    names: [...Object.keys(document.schemes), ...Object.keys(document.machines)],
    settingsOf: (tenant) => settingsOf(document, tenant),
    placesIn(memory) {
      const kept = new Int32Array(all.length);
      recallPlaces(memory, table, kept);
      return Object.fromEntries(all.flatMap(({ name, places }, i) => (kept[i] < 0 ? [] : [[name, places[kept[i]]]])));
    },
    segmenterFor(tenant, { activationId, tierCutoffs }) {
      const known = made.get(tenant)?.get(activationId);
      if (known !== undefined) return known;
      const classifiers = classifiersFor(tenant, tierCutoffs);
      const { primary } = settingsOf(document, tenant);
      const segmenter = new Segmenter({ classifiers, measures, table, primary, activationId });
      made.set(tenant, (made.get(tenant) ?? new Map<string, Segmenter>()).set(activationId, segmenter));
      return segmenter;
    },
  };
}

interface CompileContext {
  readonly measures: MeasureSet;
  readonly settings: TenantSettings;
  readonly cutoffs: CutoffLookup;
}

function compileAll({ schemes, machines }: SegmentsDocument, context: CompileContext): Classifier[] {
  const { measures, settings } = context;
  const tiers = Object.entries(schemes).map(([name, rule]) => compileScheme(name, rule, context));
  const stages = Object.entries(machines).map(([name, machine]) =>
    compileMachine(name, machine, { measures, hysteresis: 0, valueOf: (value) => settings.parameters[value] ?? NaN }),
  );
  return [...tiers, ...stages];
}

function compileScheme(name: string, rule: SchemeRule, { measures, settings, cutoffs }: CompileContext): Classifier {
  const initial = rule.mode === 'criteria' ? rule.cutoffs : {};
  const scope: ConditionScope = {
    measures,
    hysteresis: rule.hysteresis,
    valueOf: (value) => cutoffs(name, value) ?? initial[value]?.initial ?? settings.parameters[value] ?? NaN,
  };
  if (rule.mode === 'rfm') return compileRfm(name, rule, scope);
  return compileCriteria(name, rule.mode === 'share' ? shareRules(rule) : rule, scope);
}
