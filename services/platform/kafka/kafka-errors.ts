import { EngineError, type ErrorCode } from '../../core/errors.ts';
import { describeTlsFault } from '../runtime/describe-tls-fault.ts';
import { describeDenial, type NeededRights } from './describe-denial.ts';

interface Verdict {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly advice: string;
}

const unavailable: Verdict = {
  code: 'ERR_LOG_UNAVAILABLE',
  retryable: true,
  advice: 'The work is repeated; check that Kafka runs and can be reached.',
};
const fenced: Verdict = {
  code: 'ERR_LOG_FENCED',
  retryable: false,
  advice: 'The partition has a new owner, which does the work again.',
};
const tooLarge: Verdict = {
  code: 'ERR_RECORD_TOO_LARGE',
  retryable: false,
  advice: "Raise the topic's max.message.bytes or send smaller records.",
};
const missing: Verdict = {
  code: 'ERR_TOPIC_MISSING',
  retryable: true,
  advice: 'Create the topics (start the services through `npm start`, or check the topic prefix).',
};
/** Its advice names the right that is missing. */
const denied: Verdict = { code: 'ERR_LOG_DENIED', retryable: false, advice: '' };
const fatal: Verdict = {
  code: 'ERR_LOG_FATAL',
  retryable: false,
  advice: 'The process has to end and be started again; the cause says what to repair.',
};

/**
 * What each fault means for us. kafkajs' own `retriable` flag is not used: it is true for everything that does not say
 * otherwise. Names are those of the client's error classes, of the protocol's error types, and of Node's sockets.
 */
const verdicts: ReadonlyMap<string, Verdict> = new Map([
  ...each(fenced, ['ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'REBALANCE_IN_PROGRESS', 'FENCED_INSTANCE_ID']),
  ...each(tooLarge, ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']),
  ...each(missing, [
    'UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID', 'KafkaJSTopicMetadataNotLoaded', 'KafkaJSMetadataNotLoaded',
  ]), // prettier-ignore
  ...each(denied, [
    'TOPIC_AUTHORIZATION_FAILED', 'GROUP_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED',
    'SASL_AUTHENTICATION_FAILED', 'UNSUPPORTED_SASL_MECHANISM', 'ILLEGAL_SASL_STATE', 'KafkaJSSASLAuthenticationError',
  ]), // prettier-ignore
  ...each(unavailable, [
    'KafkaJSConnectionError', 'KafkaJSConnectionClosedError', 'KafkaJSRequestTimeoutError', 'KafkaJSBrokerNotFound',
    'KafkaJSNoBrokerAvailableError', 'KafkaJSGroupCoordinatorNotFound', 'KafkaJSLockTimeout', 'KafkaJSTimeout',
    'KafkaJSStaleTopicMetadataAssignment',
    'LEADER_NOT_AVAILABLE', 'NOT_LEADER_FOR_PARTITION', 'REQUEST_TIMED_OUT', 'BROKER_NOT_AVAILABLE',
    'REPLICA_NOT_AVAILABLE', 'NETWORK_EXCEPTION', 'GROUP_LOAD_IN_PROGRESS', 'GROUP_COORDINATOR_NOT_AVAILABLE',
    'NOT_COORDINATOR_FOR_GROUP', 'NOT_ENOUGH_REPLICAS', 'NOT_ENOUGH_REPLICAS_AFTER_APPEND', 'NOT_CONTROLLER',
    'KAFKA_STORAGE_ERROR', 'CORRUPT_MESSAGE', 'FENCED_LEADER_EPOCH', 'UNKNOWN_LEADER_EPOCH', 'OFFSET_NOT_AVAILABLE',
    'OUT_OF_ORDER_SEQUENCE_NUMBER', 'DUPLICATE_SEQUENCE_NUMBER', 'UNKNOWN_PRODUCER_ID', 'INVALID_PRODUCER_EPOCH',
    'UNSTABLE_OFFSET_COMMIT',
    'ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH',
    'EHOSTDOWN', 'ENETUNREACH',
  ]), // prettier-ignore
]);

/**
 * Translates whatever the client threw; total. The fault behind wrappers ("retries exceeded") decides.
 * @param what the work that failed, for the message: `publishing to customer.scores.v1`
 * @param rights what the work needs, for the message where Kafka refuses it
 */
export function toEngineError(error: unknown, what: string, rights: NeededRights = {}): EngineError {
  const faults = unwrapFaults(error);
  const ours = faults.find((fault) => fault instanceof EngineError);
  if (ours !== undefined) return ours;
  const named = faults.map(nameOf).find((name) => verdicts.has(name));
  const verdict = (named === undefined ? undefined : verdicts.get(named)) ?? fatal;
  const said = faults.length === 0 ? String(error) : messageOf(faults[0]);
  const advice = verdict === denied ? describeDenial(named ?? '', rights) : adviceFor(faults, verdict, rights);
  return new EngineError(verdict.code, `Kafka failed while ${what}: ${said} ${advice}`, {
    retryable: verdict.retryable,
    context: { fault: named ?? (faults.length === 0 ? typeof error : nameOf(faults[faults.length - 1])) },
    cause: error,
  });
}

/** The error itself and what lies behind it, outermost first. */
function unwrapFaults(error: unknown, found: object[] = []): object[] {
  if (typeof error !== 'object' || error === null || found.includes(error) || found.length >= 20) return found;
  found.push(error);
  if ('errors' in error && Array.isArray(error.errors)) for (const inner of error.errors) unwrapFaults(inner, found);
  if ('cause' in error) unwrapFaults(error.cause, found);
  return found;
}

function nameOf(fault: object): string {
  for (const field of ['type', 'code', 'name']) {
    const value: unknown = Reflect.get(fault, field);
    if (typeof value === 'string' && verdicts.has(value)) return value;
  }
  return fault instanceof Error ? fault.name : 'unknown';
}

function adviceFor(faults: readonly object[], { advice }: Verdict, rights: NeededRights): string {
  // The client library drops what the broker answered: it may as well have refused the group.
  if (rights.group !== undefined && faults.some((fault) => nameOf(fault) === 'KafkaJSGroupCoordinatorNotFound')) {
    return `Its broker is not up yet, or else: ${describeDenial('GROUP_AUTHORIZATION_FAILED', rights)}`;
  }
  const said = faults.map((fault) => `${String(Reflect.get(fault, 'code'))} ${messageOf(fault)}`).join(' ');
  const untrusted = describeTlsFault(said, 'KAFKA_SSL_CA_FILE');
  return untrusted === null ? advice : `As for TLS, ${untrusted}.`;
}

function messageOf(fault: object): string {
  const text = fault instanceof Error && fault.message !== '' ? fault.message : 'unknown fault';
  return text.endsWith('.') ? text : `${text}.`;
}

function each(verdict: Verdict, names: readonly string[]): [string, Verdict][] {
  return names.map((name) => [name, verdict]);
}
