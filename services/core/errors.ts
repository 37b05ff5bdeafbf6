/**
 * Every fault the engine can name, with the sentence that `docs/reference/errors.md` shows.
 * A code is also a metric label, so the set is closed.
 */
export const errorRegistry = {
  // configuration and start
  ERR_CONFIG_INVALID: 'The configuration does not fit its schema. Every problem is listed; nothing was started.',
  ERR_INSTALLATION_MISSING: 'The installation file (tenants, keys, tokens) is missing or unreadable.',
  ERR_PLAN_INVALID: 'The tracking plan is missing, unreadable or contradicts itself. A plan in force stays in force.',
  ERR_SEGMENTS_INVALID:
    'The segment configuration, or a file of cut-offs, is missing, unreadable or contradicts itself; nothing was started.',
  ERR_PLAYBOOKS_INVALID:
    'The playbooks are missing, unreadable or contradict themselves. Playbooks in force stay in force.',
  ERR_LOYALTY_INVALID:
    'The loyalty rules are missing, unreadable or contradict themselves. Rules in force stay in force.',
  ERR_KPIS_INVALID:
    'The KPI file (weights, targets, owners) is missing, unreadable or contradicts itself. What is in force stays in force.',
  ERR_SERVICE_RULES_INVALID:
    'The service rules (cases and surveys) are missing, unreadable or contradict themselves; nothing was started.',
  ERR_DELIVERY_INVALID:
    'The delivery file, or a secret it names, is missing, unreadable or contradicts itself; nothing was started.',
  ERR_PORT_IN_USE: 'The address a server should listen on is taken by another process.',
  ERR_STACK_UNAVAILABLE: 'Kafka, the schema registry or Redis could not be started or reached in time.',
  ERR_STACK_PREREQUISITE:
    'The machine lacks what the requested stack needs, such as Java or Maven; nothing was started.',
  // ingest
  ERR_JSON_INVALID: 'The request body is not valid JSON.',
  ERR_ENCODING_INVALID: 'The request body is not valid UTF-8 or its compression is broken.',
  ERR_BODY_TOO_LARGE: 'The request body is larger than the limit after decompression.',
  ERR_UNAUTHORIZED: 'The write key or token is missing or unknown.',
  ERR_FORBIDDEN: 'The token is valid and lacks the role that this needs.',
  ERR_EVENT_INVALID: 'The event lacks an id or a type, or carries an impossible value.',
  ERR_EVENT_TOO_LARGE: 'One event is larger than the limit for one event.',
  ERR_EVENT_TIME: 'The event time is unreadable, too old or in the future.',
  ERR_EVENT_AMOUNT: 'The amount is not a finite number in the range of its currency.',
  ERR_CURRENCY_RATE_MISSING: 'No exchange rate into the reporting currency is known for this currency and date.',
  ERR_EVENT_CONFLICT: 'Another event with the same id and other content was accepted before.',
  ERR_SOURCE_OFF: 'The source has no purpose in its keys and plan: of its events only id, source and time are kept.',
  ERR_EVENT_PENDING: 'Another request is writing an event with the same id right now; the work is repeated.',
  ERR_OVERLOADED: 'The service holds as much unfinished work as it may; send again after the time named.',
  ERR_RATE_LIMITED: 'The sender is over its limit of events per second; send again after the time named.',
  // log and codec
  ERR_LOG_UNAVAILABLE: 'Kafka did not answer in time; the work is repeated.',
  ERR_LOG_FATAL: 'The Kafka client met a fault it cannot recover from; the process ends and is restarted.',
  ERR_LOG_DENIED:
    'Kafka does not let the user in, or the user lacks a right on a topic, a group or the cluster; the message says which.',
  ERR_LOG_FENCED: 'The partition was given to another consumer while its records were being worked on.',
  ERR_TOPIC_MISSING: 'A topic this service needs does not exist.',
  ERR_LOG_REPARTITIONED:
    'The topic of KPI facts was given more partitions, so a customer has facts in two of them; nothing is counted until it is made anew.',
  ERR_KPI_RULES_CHANGED:
    'KPIs stand as they were counted by other rules than the KPI file has now; nothing is counted until all is counted anew.',
  ERR_RECORD_TOO_LARGE: 'One record is larger than the broker accepts.',
  ERR_RECORD_ENCODE: 'A value does not fit the schema of its topic; nothing was written.',
  ERR_RECORD_DECODE: 'The bytes on the topic are not a record of the expected schema.',
  ERR_SCHEMA_UNKNOWN: 'The record names a schema id that the registry does not know.',
  ERR_REGISTRY_UNAVAILABLE: 'The schema registry did not answer in time; the work is repeated.',
  ERR_REGISTRY_DENIED: 'The schema registry does not let the user in, or the user lacks a right on a subject.',
  ERR_SCHEMA_INCOMPATIBLE: 'The registry refused a schema as incompatible with an earlier version.',
  // state
  ERR_STORE_UNAVAILABLE: 'Redis did not answer in time; the work is repeated.',
  ERR_STORE_DENIED:
    'Redis does not let the user in, or the user lacks a right on a command or on the keys; the message says which.',
  ERR_STORE_POLICY: 'Redis may evict keys: its maxmemory-policy must be noeviction.',
  ERR_STATE_CORRUPT: 'The stored state of a customer cannot be read.',
  ERR_STATE_CONFLICT: 'Another writer changed the state of a customer.',
  ERR_STATE_REGRESSED: 'The store holds an older state than the log says was written.',
  ERR_BACKFILL_AHEAD: 'A backfill has reached what the live scorers have not scored yet, and waits for them.',
  // control records
  ERR_KIND_NOT_SERVED: 'The log holds a control record of a kind that this version does not serve.',
  ERR_ACTIVATION_NOT_SERVED: 'The log activates a model that this process does not have.',
  ERR_EPOCH_MISSING: 'The events topic was created again, and no epoch newer than that of the states begins it.',
  ERR_EPOCH_PENDING: 'Records of an earlier numbering of the events topic are still being worked on; the work waits.',
  ERR_RETRACTION_UNMATCHED: 'A retraction names an event that the features of its customer do not hold.',
  ERR_ACTIVATION_MISSING: 'A partition holds events but no activation before them.',
  // model
  ERR_MODEL_MISSING: 'The model directory or one of its files is missing.',
  ERR_MODEL_MISMATCH: 'The model, its manifest and its golden vectors do not fit together.',
  ERR_MODEL_HELD: 'The model was worse than the one in service when it was made, and nobody has decided otherwise.',
  ERR_NATIVE_BACKEND: 'The native TensorFlow backend is not installed, or does not start.',
  ERR_MODEL_INPUT: 'A model input is not finite; no normal score is published.',
  ERR_MODEL_OUTPUT: 'A model output is not finite or outside its range; no normal score is published.',
  // command line and data files
  ERR_DATA_FILE: 'A data file is missing, empty or lacks a column.',
  ERR_IMPORT_UNSENT: 'Ingest did not take a batch of an import in time, or refused it; the import can go on later.',
  ERR_IMPORT_UNVERIFIED: 'What stands on the topic is not what the imported file says; the import has failed.',
  ERR_IMPORT_STATE: 'The import is in a state in which this cannot be done, such as running or rolled back.',
  ERR_USAGE: 'The command was called with wrong arguments.',
  // tasks
  ERR_COMMAND_REFUSED:
    'What is asked of a task or customer may not be done now; the message says why, and what can be.',
  ERR_NOT_FOUND: 'The customer, task or delivery is unknown.',
  ERR_DELIVERY_STATE: 'The delivery is in a state in which this cannot be done: only dead ones are replayed.',
  ERR_INTERNAL: 'An unexpected fault; the log entry holds its cause.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof errorRegistry;

export interface EngineErrorOptions {
  /** Whether the same call may succeed later. No default: whoever raises the error decides. */
  readonly retryable: boolean;
  /** Facts for the log entry. Never payloads, secrets or personal data. */
  readonly context?: Readonly<Record<string, string | number | boolean | null>>;
  readonly cause?: unknown;
}

/** The one exception type of the engine. `message` says what happened, to what, and what to do. */
export class EngineError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly context: Readonly<Record<string, string | number | boolean | null>>;

  constructor(code: ErrorCode, message: string, options: EngineErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'EngineError';
    this.code = code;
    this.retryable = options.retryable;
    this.context = options.context ?? {};
  }
}
