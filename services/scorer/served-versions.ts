import type { ActivationContent } from '../core/events/customer-record.ts';

/** What of an activation this process has: it serves only activations that name the same. */
export interface ServedVersions {
  /** Hash of the loaded model. */
  readonly modelHash: string;
  /** Name of the backend it computes on: another one gives other bits. */
  readonly backend: string;
  /** Version of the loaded segment configuration. */
  readonly segments: string;
}

export interface MissingPart {
  readonly what: 'model' | 'backend' | 'segment configuration';
  readonly name: string;
}

/** What an activation names that this process has not; null when it can serve it. */
export function missingOf(
  { stableModel, stableModelHash, backend, segments }: ActivationContent,
  served: ServedVersions,
): MissingPart | null {
  if (stableModelHash !== served.modelHash) return { what: 'model', name: stableModel };
  if (backend !== served.backend) return { what: 'backend', name: backend };
  // Stored by a release that had no segments, it may lack the field.
  const isOther = typeof segments === 'string' && segments !== served.segments;
  return isOther ? { what: 'segment configuration', name: segments } : null;
}
