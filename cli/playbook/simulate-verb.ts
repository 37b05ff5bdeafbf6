import { messageChannels } from '../../services/core/contacts/message-channels.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { compileTaskRules } from '../../services/core/playbooks/compile-task-rules.ts';
import { placesOf } from '../../services/core/playbooks/places-of.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import { compileServiceRules } from '../../services/core/service/compile-service-rules.ts';
import type { ServiceRules } from '../../services/core/service/service-rules.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { readPlaybooks } from '../../services/platform/runtime/read-playbooks.ts';
import { readService } from '../../services/platform/runtime/read-service.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';
import type { CliIo } from '../cli-io.ts';
import { findTarget } from '../import/target.ts';
import { readCurrency, readTimezone } from '../read-options.ts';
import { describeSimulation } from './describe-simulation.ts';
import { fillDays } from './fill-days.ts';
import type { PlaybookSimulation } from './playbook-simulation.ts';
import { readScoreFile } from './read-score-file.ts';
import { readScoreTopic } from './read-score-topic.ts';
import { simulatePlaybooks } from './simulate-playbooks.ts';

export interface SimulateVerbOptions {
  readonly on: string;
  readonly segments?: string;
  readonly tenant?: string;
  readonly directory: string;
  readonly timezone: string;
  readonly currency: string;
  readonly json: boolean;
}

interface Recorded {
  readonly scores: readonly Score[];
  readonly timezone: string;
  readonly currency: string;
}

/** `tidewatch playbook simulate`: what a playbook file would have done about recorded scores. */
export async function simulateVerb(file: string, options: SimulateVerbOptions, io: CliIo): Promise<void> {
  const plan = await readSegments(options.segments ?? io.env['TIDEWATCH_SEGMENTS_FILE'] ?? null, featureNames);
  const around = { ...placesOf(plan.document), channels: new Set<string>(messageChannels), webhooks: null };
  const { version, document } = await readPlaybooks(file, around);
  const { scores, timezone, currency } = await readRecorded(options, io);
  const calendar = createBusinessCalendar(timezone);
  const tenants = new Map(scores.map(({ tenant }) => [tenant, { timezone, currency }] as const));
  const rules = compileTaskRules(document, {
    ...{ version, digest: nodeDigest, tenants },
    service: await serviceRules(timezone),
  });
  const tally = simulatePlaybooks(scores, { rules, calendar, primary: plan.document.primary });
  const asked = Map.groupBy(tally.asked.values(), ({ queue }) => queue);
  const enabled = Object.entries(document.playbooks).filter(([, playbook]) => playbook.enabled);
  const simulation: PlaybookSimulation = {
    version,
    ...tally.overall(),
    currency,
    playbooks: enabled.map(([id]) => tally.ofPlaybook(id)),
    queues: Object.entries(document.queues).map(([id, { capacity }]) =>
      fillDays({ id, capacity }, asked.get(id) ?? [], calendar),
    ),
  };
  io.stdout.write(options.json ? `${JSON.stringify(simulation, null, 2)}\n` : describeSimulation(simulation));
}

/** Scores alone open no case and ask nobody, so the rules that come with Tidewatch do. */
async function serviceRules(timezone: string): Promise<() => ServiceRules> {
  const { version, document } = await readService(null, { queues: null, tiers: null });
  const rules = compileServiceRules(document, { timezone, version, digest: nodeDigest, issueToken: () => '' });
  return () => rules;
}

async function readRecorded(options: SimulateVerbOptions, io: CliIo): Promise<Recorded> {
  if (options.on === 'topic') {
    const target = await findTarget(options, io);
    return { scores: await readScoreTopic(target, io), timezone: target.timezone, currency: target.currency };
  }
  const timezone = readTimezone('--timezone', options.timezone);
  const currency = readCurrency('--currency', options.currency);
  return { scores: await readScoreFile(options.on, createBusinessCalendar(timezone)), timezone, currency };
}
