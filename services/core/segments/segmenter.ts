import type { Classifier, ClassifierKind } from './classifier.ts';
import type { CustomerFacts } from './customer-facts.ts';
import type { MeasureSet } from './measure-set.ts';
import {
  activationMark,
  isOfActivation,
  type PlaceTable,
  recallPlaces,
  rememberPlaces,
  type SegmentMemory,
} from './segment-memory.ts';
import type { Primary } from './segments-document.ts';

/** One change of a customer's place in a scheme or machine. */
export interface PlaceChange {
  readonly kind: ClassifierKind;
  readonly scheme: string;
  /** Null for a customer who had none. */
  readonly old: string | null;
  readonly new: string | null;
  /** The measure, or the machine's word for the transition, that decided; null where there is nothing to name. */
  readonly because: string | null;
}

export interface Assignment {
  /** What to keep for the next time; the same object as before where nothing changed. */
  readonly memory: SegmentMemory | null;
  /** Of the schemes and machines that announce theirs. */
  readonly changes: readonly PlaceChange[];
  /** The cut-offs or the model are others than at the last assignment. */
  readonly isNewActivation: boolean;
  /** `scheme.tier` of the primary scheme; null while the customer has none. */
  readonly tier: string | null;
  /** `machine.stage` of the primary machine. */
  readonly stage: string | null;
  /** Tier or stage is another than before. */
  readonly isPrimaryChanged: boolean;
}

export interface SegmenterParts {
  readonly classifiers: readonly Classifier[];
  readonly measures: MeasureSet;
  readonly table: PlaceTable;
  readonly primary: Primary;
  readonly activationId: string;
}

const noChanges: readonly PlaceChange[] = [];

/**
 * Assigns the segments of one tenant's customers under one activation. The same facts and the same memory give the same
 * answer, and asking again with the answer changes nothing; there is no other input.
 */
export class Segmenter {
  readonly #parts: SegmenterParts;
  readonly #values: Float64Array;
  readonly #before: Int32Array;
  readonly #after: Int32Array;
  readonly #mark: number;
  readonly #tiers: QualifiedNames;
  readonly #stages: QualifiedNames;

  constructor(parts: SegmenterParts) {
    this.#parts = parts;
    this.#values = new Float64Array(parts.measures.names.length);
    this.#before = new Int32Array(parts.classifiers.length);
    this.#after = new Int32Array(parts.classifiers.length);
    this.#mark = activationMark(parts.activationId);
    this.#tiers = qualifiedNames(parts.classifiers, parts.primary.tiers);
    this.#stages = qualifiedNames(parts.classifiers, parts.primary.stages);
  }

  /** Places of every scheme and machine, in the order of the configuration; null where there is none. */
  placesOf(facts: CustomerFacts, memory: SegmentMemory | null): readonly (string | null)[] {
    this.#classify(facts, memory);
    return this.#parts.classifiers.map(({ places }, i) => places[this.#after[i]] ?? null);
  }

  assign(facts: CustomerFacts, memory: SegmentMemory | null): Assignment {
    const isMoved = this.#classify(facts, memory);
    const isNewActivation = memory !== null && !isOfActivation(memory, this.#mark);
    const before = this.#before;
    const after = this.#after;
    const { at: tierAt, names: tiers } = this.#tiers;
    const { at: stageAt, names: stages } = this.#stages;
    return {
      memory: isMoved || isNewActivation ? rememberPlaces(this.#mark, this.#parts.table, after) : memory,
      changes: isMoved ? this.#changes() : noChanges,
      isNewActivation,
      tier: tiers[after[tierAt]] ?? null,
      stage: stages[after[stageAt]] ?? null,
      isPrimaryChanged: isMoved && (before[tierAt] !== after[tierAt] || before[stageAt] !== after[stageAt]),
    };
  }

  /** @returns whether any place is another than before */
  #classify(facts: CustomerFacts, memory: SegmentMemory | null): boolean {
    const { classifiers, measures, table } = this.#parts;
    measures.write(facts, this.#values);
    recallPlaces(memory, table, this.#before);
    let isMoved = false;
    for (let i = 0; i < classifiers.length; i++) {
      const classifier = classifiers[i];
      const previous = this.#before[i];
      const isUnsure = classifier.isPredicted && facts.prediction === null;
      const next = isUnsure ? previous : classifier.assign(this.#values, previous);
      this.#after[i] = next;
      if (next !== previous) isMoved = true;
    }
    return isMoved;
  }

  #changes(): readonly PlaceChange[] {
    const changes: PlaceChange[] = [];
    this.#parts.classifiers.forEach(({ kind, name, places, announced, because }, i) => {
      const before = this.#before[i];
      const after = this.#after[i];
      if (before === after || !announced) return;
      changes.push({
        kind,
        scheme: name,
        old: places[before] ?? null,
        new: places[after] ?? null,
        because: after < 0 ? null : because(this.#values, before, after),
      });
    });
    return changes;
  }
}

interface QualifiedNames {
  /** Which classifier it is. */
  readonly at: number;
  readonly names: readonly string[];
}

function qualifiedNames(classifiers: readonly Classifier[], name: string): QualifiedNames {
  const at = classifiers.findIndex((classifier) => classifier.name === name);
  return { at, names: classifiers[at]?.places.map((place) => `${name}.${place}`) ?? [] };
}
