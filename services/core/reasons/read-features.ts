import { closedFormNames } from '../btyd/closed-form.ts';
import { featureFamilies } from '../features/feature-catalogue.ts';
import type { FeatureDefinition } from '../features/feature-definition.ts';
import type { ModelInput } from '../scoring/model-manifest.ts';

/** A feature that a model reads, with the places of its inputs. */
export interface ReadFeature {
  readonly feature: string;
  readonly unit: FeatureDefinition['unit'];
  /** Whether it is the customer's own figure, not one that a buy-till-you-die model makes of others. */
  readonly isOwn: boolean;
  /** Indexes of all inputs that read it. */
  readonly inputs: readonly number[];
  /** Index and coding of the input that holds its value; null where only its presence is read. */
  readonly value: { readonly index: number; readonly input: ModelInput } | null;
}

const closedFormUnits: Readonly<Record<(typeof closedFormNames)[number], FeatureDefinition['unit']>> = {
  btyd_expected_purchases: 'count',
  btyd_alive: 'ratio',
  btyd_active: 'ratio',
  btyd_expected_spend: 'money',
};

const units = new Map<string, FeatureDefinition['unit']>([
  ...featureFamilies.flatMap(({ definitions }) => definitions.map(({ name, unit }) => [name, unit] as const)),
  ...closedFormNames.map((name) => [name, closedFormUnits[name]] as const),
]);

/** The features behind the inputs of a model, each once, in the order of the inputs. */
export function readFeatures(inputs: readonly ModelInput[]): ReadFeature[] {
  const derived = new Set<string>(closedFormNames);
  return [...new Set(inputs.map(({ feature }) => feature))].map((feature) => {
    const places = inputs.flatMap((input, index) => (input.feature === feature ? [{ index, input }] : []));
    return {
      feature,
      unit: units.get(feature) ?? 'count',
      isOwn: !derived.has(feature),
      inputs: places.map(({ index }) => index),
      value: places.find(({ input }) => input.transform !== 'defined') ?? null,
    };
  });
}
