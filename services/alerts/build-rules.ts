import { messageChannels } from '../core/contacts/message-channels.ts';
import { featureNames } from '../core/features/feature-catalogue.ts';
import { compileTaskRules } from '../core/playbooks/compile-task-rules.ts';
import { placesOf } from '../core/playbooks/places-of.ts';
import type { TaskRules } from '../core/playbooks/tenant-rules.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import { readPlaybooks } from '../platform/runtime/read-playbooks.ts';
import { readSegments } from '../platform/runtime/read-segments.ts';

export interface RulesFiles {
  /** Null for the playbooks, and the segments, that come with Tidewatch. */
  readonly playbooks: string | null;
  readonly segments: string | null;
}

/** The rules of all tenants, from the playbook file. */
export async function buildRules(installation: Installation, files: RulesFiles): Promise<TaskRules> {
  const segments = await readSegments(files.segments, featureNames);
  const around = { ...placesOf(segments.document), channels: new Set<string>(messageChannels), webhooks: null };
  const { version, document } = await readPlaybooks(files.playbooks, around);
  const tenants = new Map(
    installation.tenants.map(({ id, timezone, currency }) => [id, { timezone, currency }] as const),
  );
  return compileTaskRules(document, { version, digest: nodeDigest, tenants });
}
