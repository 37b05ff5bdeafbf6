import type { SegmentsDocument } from '../segments/segments-document.ts';
import type { PlaybookSurroundings } from './find-playbook-problems.ts';

/** The tiers and stages that playbooks may name: those of a segment configuration. */
export function placesOf({ schemes, machines }: SegmentsDocument): Pick<PlaybookSurroundings, 'tiers' | 'stages'> {
  const tiers = new Map<string, ReadonlySet<string>>();
  for (const [name, scheme] of Object.entries(schemes)) {
    if (scheme.mode !== 'rfm') tiers.set(name, new Set(scheme.tiers.map((tier) => tier.name)));
  }
  const stages = new Map<string, ReadonlySet<string>>();
  for (const [name, machine] of Object.entries(machines)) {
    stages.set(name, new Set(machine.stages.map((stage) => stage.name)));
  }
  return { tiers, stages };
}
