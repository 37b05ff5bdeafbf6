import type { ActivationContent } from '../events/customer-record.ts';
import type { Digest } from '../ports/digest.ts';
import type { ModelManifest } from './model-manifest.ts';

export interface ActivationSource {
  readonly manifest: ModelManifest;
  /** SHA-256 of the manifest file: what a scorer compares with the model it has loaded. */
  readonly manifestHash: string;
  /** Name of the backend that computes. */
  readonly backend: string;
  /** Version of the segment configuration; null where segments are not assigned. */
  readonly segments: string | null;
  readonly tierCutoffs?: ActivationContent['tierCutoffs'];
}

const activationIdDigits = 32;

/** The activation of one model for every customer, with the model's own level cut-offs and no candidate. */
export function activationFromManifest(source: ActivationSource, digest: Digest): ActivationContent {
  const { manifest, manifestHash, backend, segments, tierCutoffs = [] } = source;
  return identifyActivation(
    {
      stableModel: `${manifest.name}/${manifest.version}`,
      stableModelHash: manifestHash,
      candidateModel: null,
      candidateModelHash: null,
      candidateShare: 0,
      backend,
      levelCutoffs: manifest.levelCutoffs.map(({ level, enter, exit }) => ({ level, enter, exit })),
      tierCutoffs,
      segments,
    },
    digest,
  );
}

/** Gives a content its id: equal contents have equal ids, wherever and whenever they are made. */
export function identifyActivation(
  content: Omit<ActivationContent, 'activationId'>,
  digest: Digest,
): ActivationContent {
  const activationId = digest.sha256Hex(activationJson({ ...content, activationId: '' })).slice(0, activationIdDigits);
  return { ...content, activationId };
}

/** One text for equal activations: fields in a fixed order, no white space. */
export function activationJson(activation: ActivationContent): string {
  return JSON.stringify({
    activationId: activation.activationId,
    stableModel: activation.stableModel,
    stableModelHash: activation.stableModelHash,
    candidateModel: activation.candidateModel,
    candidateModelHash: activation.candidateModelHash,
    candidateShare: activation.candidateShare,
    backend: activation.backend,
    levelCutoffs: activation.levelCutoffs.map(({ level, enter, exit }) => ({ level, enter, exit })),
    tierCutoffs: activation.tierCutoffs.map(({ scheme, tier, cutoff }) => ({ scheme, tier, cutoff })),
    // Absent, not null: the ids of activations made before there were segments stay what they were.
    segments: activation.segments ?? undefined,
  });
}
