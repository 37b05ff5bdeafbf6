import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import { selectRows, type RowSelection } from '../../core/uplift/select-rows.ts';
import { suppressedSegments } from '../../core/uplift/suppressed-segments.ts';
import type { EffectsView } from './effects-view.ts';

export interface EffectsRoutesDeps {
  readonly effects: Pick<EffectsView, 'report'>;
  readonly authorize: preHandlerAsyncHookHandler;
}

const known: ReadonlySet<string> = new Set(['playbook', 'segment']);
const maxLength = 200;

/** `GET /v1/effects`: what the playbooks of the caller's tenant changed. */
export function addEffectsRoutes(server: FastifyInstance, { effects, authorize }: EffectsRoutesDeps): void {
  server.get<{ Querystring: Record<string, unknown> }>('/v1/effects', { preHandler: authorize }, (request) => {
    const selection = parseSelection(request.query);
    const report = effects.report(request.tenant);
    const { marginRate } = report;
    return { marginRate, suppressed: [...suppressedSegments(report)], rows: selectRows(report, selection) };
  });
}

function parseSelection(query: Readonly<Record<string, unknown>>): RowSelection {
  const unknown = Object.keys(query).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw wrong(`"${unknown}" is not a parameter of the effects; they take ${[...known].join(', ')}`);
  return { playbook: parseName('playbook', query['playbook']), segment: parseName('segment', query['segment']) };
}

function parseName(parameter: string, value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string' && value !== '' && value.length <= maxLength) return value;
  throw wrong(`${parameter} must be one name of 1 to ${maxLength} characters`);
}

function wrong(what: string): EngineError {
  return new EngineError('ERR_USAGE', `${what}.`, { retryable: false });
}
