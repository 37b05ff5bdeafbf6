import { randomUUID } from 'node:crypto';
import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { messageChannels } from '../core/contacts/message-channels.ts';
import { EngineError } from '../core/errors.ts';
import { featureNames } from '../core/features/feature-catalogue.ts';
import { placesOf } from '../core/playbooks/places-of.ts';
import { compileServiceRules } from '../core/service/compile-service-rules.ts';
import type { ServiceRules } from '../core/service/service-rules.ts';
import { decodeTaskState } from '../core/tasks/decode-task-state.ts';
import { findAsked } from '../core/surveys/survey-book.ts';
import type { Surrogate } from '../core/units.ts';
import { surveyTokenKey } from '../platform/crypto/derived-secrets.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { createSurveyTokens } from '../platform/crypto/survey-token.ts';
import { readPlaybooks } from '../platform/runtime/read-playbooks.ts';
import { readSegments } from '../platform/runtime/read-segments.ts';
import { readService, type ReadService } from '../platform/runtime/read-service.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import type { AlertsShared } from './alerts-shared.ts';
import { createCaseReader } from './api/case-reader.ts';
import { addCaseRoutes } from './api/case-routes.ts';
import type { CommandService } from './api/command-service.ts';
import { buildAnswerPublishers } from './build-answer-publishers.ts';
import type { AlertsConfig } from './config.ts';
import type { AlertsDeps } from './pipeline.ts';
import { addSurveyRoutes } from './surveys/survey-routes.ts';

export interface ServiceApiNeeds extends Pick<AlertsDeps, 'store' | 'caseIndex'> {
  readonly commands: CommandService;
  readonly surrogateOf: (tenant: string, customer: string) => Surrogate | null;
  readonly authorize: preHandlerAsyncHookHandler;
}

/** Cases and surveys: their rules, and their interface. */
export interface BuiltService {
  rulesOf(tenant: string): ServiceRules;
  addRoutes(server: FastifyInstance, needs: ServiceApiNeeds): void;
}

export async function buildService(shared: AlertsShared): Promise<BuiltService> {
  const { config, installation } = shared;
  const { TIDEWATCH_INGEST_URL: url, TIDEWATCH_DELIVERY_WRITE_KEY: writeKeys } = config;
  const { version, document } = await readRules(config);
  const tokens = createSurveyTokens(surveyTokenKey(installation.installationKey));
  const around = { version, digest: nodeDigest, issueToken: tokens.issue };
  const rules = new Map(
    installation.tenants.map(
      ({ id, timezone }) => [id, compileServiceRules(document, { ...around, timezone })] as const,
    ),
  );
  function rulesOf(tenant: string): ServiceRules {
    const found = rules.get(tenant);
    if (found !== undefined) return found;
    throw new EngineError('ERR_NOT_FOUND', 'The tenant is not of this installation.', { retryable: false });
  }
  return {
    rulesOf,
    addRoutes(server, { store, caseIndex, commands, surrogateOf, authorize }) {
      const reader = createCaseReader(async (customers) => {
        const found = await store.load(customers);
        return found.map((each) => (each === null ? null : decodeTaskState(each.bytes).cases));
      }, caseIndex);
      const asked = { clock: systemClock, digest: nodeDigest, newKey: randomUUID, surrogateOf, authorize };
      addCaseRoutes(server, { ...asked, reader, sender: commands, rulesOf: (tenant) => rulesOf(tenant).cases });
      addSurveyRoutes(server, {
        tokens,
        clock: systemClock,
        surveys: () => document.surveys,
        publisher: buildAnswerPublishers({ installation, url, writeKeys }),
        async isAnswered({ tenant, surrogate, askId }) {
          const [found] = await store.load([{ tenant, surrogate }]);
          return found !== null && findAsked(decodeTaskState(found.bytes).surveys, askId)?.answeredAt != null;
        },
      });
    },
  };
}

/** Queues are those of the playbooks, tiers those of the segment configuration. */
async function readRules(config: AlertsConfig): Promise<ReadService> {
  const segments = await readSegments(config.TIDEWATCH_SEGMENTS_FILE ?? null, featureNames);
  const places = placesOf(segments.document);
  const around = { ...places, channels: new Set<string>(messageChannels), webhooks: null };
  const playbooks = await readPlaybooks(config.TIDEWATCH_PLAYBOOKS_FILE ?? null, around);
  const queues = new Set(Object.keys(playbooks.document.queues));
  const tiers = new Set([...places.tiers.values()].flatMap((names) => [...names]));
  return readService(config.TIDEWATCH_SERVICE_FILE ?? null, { queues, tiers });
}
