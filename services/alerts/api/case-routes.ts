import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { readCaseOrderKey } from '../../core/cases/case-order.ts';
import type { CaseRules } from '../../core/cases/case-rules.ts';
import { caseToJson } from '../../core/cases/case-to-json.ts';
import { commandFaults } from '../../core/commands/command-fault.ts';
import type { RetentionCommand } from '../../core/commands/retention-command.ts';
import { EngineError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import type { Surrogate } from '../../core/units.ts';
import { type CaseDetails, caseCommandOf } from './case-command.ts';
import type { CaseReader, FoundCase } from './case-reader.ts';
import type { CommandSender } from './command-sender.ts';
import {
  caseListSchema,
  caseOfSchema,
  caseOpeningSchema,
  caseStepSchemas,
  type CaseVerb,
  readRequest,
} from '../../core/cases/case-request-schemas.ts';

export interface CaseRoutesDeps {
  readonly reader: CaseReader;
  readonly sender: CommandSender;
  readonly clock: Clock;
  readonly digest: Digest;
  /** The rules of a tenant in force. */
  readonly rulesOf: (tenant: string) => CaseRules;
  /** The surrogate of a customer as callers name them; null for a name of nobody. */
  readonly surrogateOf: (tenant: string, customer: string) => Surrogate | null;
  /** A key for a request that brings none. */
  readonly newKey: () => string;
  /** Lets requests with a known token pass and sets `request.tenant`. */
  readonly authorize: preHandlerAsyncHookHandler;
}

type WithId = { Params: { id: string } };

/** `/v1/cases`: cases are opened, worked on and read, each by the callers of its own tenant only. */
export function addCaseRoutes(server: FastifyInstance, deps: CaseRoutesDeps): void {
  const open = { preHandler: deps.authorize };
  server.get('/v1/cases', open, (request) => list(request, deps));
  server.get<WithId>('/v1/cases/:id', open, async (request) => {
    const customer = customerOf(request, readRequest(caseOfSchema, request.query).customer, deps);
    return show(await find(customer, request.params.id, deps), request.tenant, deps);
  });
  server.post('/v1/cases', open, async (request, reply) => {
    const { customer, channel, isComplaint, nature, weight, note } = readRequest(caseOpeningSchema, request.body);
    const details = { channel, isComplaint, nature: nature ?? null, weight: weight ?? null, note: note ?? null };
    const command = commandOf(
      request,
      customerOf(request, customer, deps),
      { verb: 'case-open', caseId: null, details },
      deps,
    );
    return send(reply, command, 201, deps);
  });
  for (const verb of Object.keys(caseStepSchemas) as CaseVerb[]) {
    server.post<WithId>(`/v1/cases/:id/${verb}`, open, async (request, reply) => {
      const { customer } = readRequest(caseOfSchema, request.query);
      const details = readDetails(verb, request, deps);
      const step = { verb: `case-${verb}`, caseId: request.params.id, details } as const;
      return send(reply, commandOf(request, customerOf(request, customer, deps), step, deps), 200, deps);
    });
  }
}

async function list(request: FastifyRequest, deps: CaseRoutesDeps): Promise<object> {
  const { status = null, queue = null, limit, cursor } = readRequest(caseListSchema, request.query);
  const after = cursor === undefined ? null : Buffer.from(cursor, 'base64url').toString('utf8');
  if (after !== null && readCaseOrderKey(after) === null) {
    throw usage(
      'cursor must be the "next" of an earlier answer, unchanged; leave it out to begin with the most urgent case',
    );
  }
  const { cases, next } = await deps.reader.list(request.tenant, { status, queue, limit, after });
  return {
    cases: cases.map((found) => show(found, request.tenant, deps)),
    next: next === null ? null : Buffer.from(next, 'utf8').toString('base64url'),
  };
}

/** What the body says of a step. A cause code or a state that the rules do not know is refused before it is written. */
function readDetails(verb: CaseVerb, request: FastifyRequest, deps: CaseRoutesDeps): CaseDetails {
  const body = readRequest<Record<string, unknown>>(caseStepSchemas[verb], request.body);
  const { causeCode, toCustomer, ...others } = body;
  const rules = deps.rulesOf(request.tenant);
  if (typeof causeCode === 'string' && !rules.causeCodes.has(causeCode)) {
    throw usage(`causeCode must be one of ${[...rules.causeCodes].join(', ')}`);
  }
  if (typeof others['state'] === 'string' && !rules.waitingStates.has(others['state'])) {
    throw usage(`state must be one of ${[...rules.waitingStates.keys()].join(', ')}`);
  }
  return {
    ...others,
    ...(causeCode === undefined ? {} : { reason: causeCode as string }),
    ...(toCustomer === undefined ? {} : { isToCustomer: toCustomer as boolean }),
  };
}

function commandOf(
  request: FastifyRequest,
  customer: CustomerKey,
  step: { readonly verb: RetentionCommand['verb']; readonly caseId: string | null; readonly details: CaseDetails },
  { digest, clock, newKey }: CaseRoutesDeps,
): RetentionCommand {
  const key = request.headers['idempotency-key'];
  const actor = request.headers['x-actor'];
  return caseCommandOf(
    {
      ...step,
      customer,
      at: clock.now(),
      key: typeof key === 'string' && key !== '' ? key.slice(0, 256) : newKey(),
      actor: typeof actor === 'string' && actor !== '' ? actor.slice(0, 200) : 'api',
    },
    digest,
  );
}

async function send(
  reply: FastifyReply,
  command: RetentionCommand,
  done: number,
  deps: CaseRoutesDeps,
): Promise<object> {
  const { kind, fault } = await deps.sender.send(command);
  const { tenant, surrogate, caseId } = command;
  const result = { caseId, customerId: `~${surrogate}`, commandId: command.commandId };
  if (kind === 'pending') return reply.code(202).send({ ...result, result: 'pending', case: null });
  if (kind === 'refused') throw refusal(fault);
  const found = caseId === null ? null : await deps.reader.get({ tenant, surrogate }, caseId);
  return reply.code(done).send({ ...result, result: 'applied', case: found && show(found, tenant, deps) });
}

function refusal(fault: RetentionCommandFault): EngineError {
  const what = fault === null ? 'it does not fit the state of the case' : `${fault}: ${commandFaults[fault]}`;
  const code = fault === 'unknown-case' ? 'ERR_NOT_FOUND' : fault === 'incomplete' ? 'ERR_USAGE' : 'ERR_STATE_CONFLICT';
  return new EngineError(code, `Nothing was done, ${what}.`, { retryable: false });
}

type RetentionCommandFault = Awaited<ReturnType<CommandSender['send']>>['fault'];

async function find(customer: CustomerKey, caseId: string, { reader }: CaseRoutesDeps): Promise<FoundCase> {
  const found = await reader.get(customer, caseId);
  if (found !== null) return found;
  const message = 'The customer has no such case: check both ids; of closed cases the five newest are kept.';
  throw new EngineError('ERR_NOT_FOUND', message, { retryable: false });
}

function customerOf({ tenant }: FastifyRequest, name: string, { surrogateOf }: CaseRoutesDeps): CustomerKey {
  const surrogate = surrogateOf(tenant, name);
  if (surrogate === null)
    throw usage('customer must name somebody: a user id, user:…, anonymous:…, or ~ and the surrogate');
  return { tenant, surrogate };
}

function show({ booked, book, surrogate }: FoundCase, tenant: string, { rulesOf }: CaseRoutesDeps): object {
  return caseToJson(booked, { surrogate, book, rules: rulesOf(tenant) });
}

function usage(what: string): EngineError {
  return new EngineError('ERR_USAGE', `${what}.`, { retryable: false });
}
