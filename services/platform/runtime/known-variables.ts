import { connectionVariables } from './connection-variables.ts';
import { services, servicesAndTools, type KnownVariable } from './known-variable.ts';

/** Every variable that any part of the product reads. A `TIDEWATCH_*` variable that is not here is refused as a typo. */
export const knownVariables: readonly KnownVariable[] = [
  ...connectionVariables,
  {
    name: 'TIDEWATCH_TOPIC_PREFIX',
    readBy: servicesAndTools,
    default: '',
    description: 'Put before every topic name; isolates one installation from another on the same Kafka.',
  },
  {
    name: 'TIDEWATCH_GROUP_PREFIX',
    readBy: servicesAndTools,
    default: '',
    description: 'Put before every consumer group name.',
  },
  {
    name: 'TIDEWATCH_KEY_PREFIX',
    readBy: servicesAndTools,
    default: '',
    description: 'Put before every Redis key.',
  },
  {
    name: 'TIDEWATCH_OUTPUT_TOPIC_PREFIX',
    readBy: ['scorer', 'cli'],
    default: null,
    description:
      'Prefix of the topics the scorer writes, where it differs from TIDEWATCH_TOPIC_PREFIX (a twin that compares).',
  },
  {
    name: 'TIDEWATCH_INSTALLATION_FILE',
    readBy: servicesAndTools,
    default: '.tidewatch/installation.json',
    description:
      'File with tenants, keys and tokens. Keep it secret; losing it loses the link between customers and ids.',
  },
  {
    name: 'TIDEWATCH_OTLP_ENDPOINT',
    readBy: services,
    default: null,
    description:
      'Where traces go: an address that takes OTLP over HTTP, such as http://127.0.0.1:4318/v1/traces. Absent: nothing is traced.',
  },
  {
    name: 'TIDEWATCH_TRACE_EVERY',
    readBy: services,
    default: '1000',
    description: 'One of so many requests of senders begins a trace, where traces go anywhere.',
  },
  {
    name: 'TIDEWATCH_SEGMENTS_FILE',
    readBy: ['ingest', 'scorer', 'alerts', 'start', 'cli'],
    default: null,
    description:
      'Segment configuration: tier schemes, RFM cells, lifecycle machines (docs/reference/segments.md); absent: segments/default.yaml.',
  },
  {
    name: 'TIDEWATCH_PLAYBOOKS_FILE',
    readBy: ['alerts'],
    default: null,
    description:
      'Playbooks (`docs/reference/playbooks.md`), followed while alerts runs; absent: playbooks/default.yaml.',
  },
  {
    name: 'TIDEWATCH_LOYALTY_FILE',
    readBy: ['alerts'],
    default: null,
    description:
      'Rules of points, member levels and benefits (docs/reference/loyalty.md); absent: loyalty/default.yaml.',
  },
  {
    name: 'TIDEWATCH_KPIS_FILE',
    readBy: ['alerts', 'cli'],
    default: null,
    description:
      'Weights, targets and owners of KPIs (docs/reference/kpi-plan.md), followed while alerts runs; absent: kpis/default.yaml.',
  },
  {
    name: 'TIDEWATCH_SERVICE_FILE',
    readBy: ['alerts', 'start', 'cli'],
    default: null,
    description: 'Service rules: clocks of cases, surveys (docs/reference/service.md); absent: service/default.yaml.',
  },
  {
    name: 'TIDEWATCH_POLICY_FILE',
    readBy: ['scorer'],
    default: null,
    description:
      'Policy that `tidewatch policy learn` wrote, which `…/next-best-action` answers with (docs/reference/next-best-action.md).',
  },
  {
    name: 'TIDEWATCH_OFFERS_FILE',
    readBy: ['scorer'],
    default: null,
    description: 'YAML file that says whom each action of the policy is for, and how much of the answers chance draws.',
  },
  {
    name: 'TIDEWATCH_HOST',
    readBy: services,
    default: '127.0.0.1',
    description: 'Address the HTTP server listens on.',
  },
  {
    name: 'TIDEWATCH_INGEST_PORT',
    readBy: ['ingest', 'start'],
    default: '8081',
    description: 'Port of ingest. Not set and taken: a free port is used and printed.',
  },
  {
    name: 'TIDEWATCH_SCORER_PORT',
    readBy: ['scorer', 'start'],
    default: '8082',
    description: 'Port of the scorer. Not set and taken: a free port is used and printed.',
  },
  {
    name: 'TIDEWATCH_ALERTS_PORT',
    readBy: ['alerts', 'start'],
    default: '8083',
    description: 'Port of alerts. Not set and taken: a free port is used and printed.',
  },
  {
    name: 'TIDEWATCH_LOG_LEVEL',
    readBy: servicesAndTools,
    default: 'info',
    description: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.',
  },
  {
    name: 'TIDEWATCH_PARTITIONS',
    readBy: servicesAndTools,
    default: '12',
    description: 'Partitions of topics that are created; existing topics keep theirs.',
  },
  {
    name: 'TIDEWATCH_MODEL_DIR',
    readBy: ['ingest', 'scorer', 'start', 'cli'],
    default: 'models/retention',
    description: 'Directory with one sub-directory per model version.',
  },
  {
    name: 'TIDEWATCH_MODEL_VERSION',
    readBy: ['ingest', 'scorer', 'start'],
    default: null,
    description: 'Number of the model version to serve; the highest one in TIDEWATCH_MODEL_DIR when not set.',
  },
  {
    name: 'TIDEWATCH_BACKEND',
    readBy: ['ingest', 'scorer', 'start', 'cli'],
    default: 'wasm',
    description:
      'What computes scores: `wasm`, `cpu` or `native` (after `npm run native:install`). It is part of the activation.',
  },
  {
    name: 'TIDEWATCH_EVENTS_PER_REQUEST',
    readBy: ['ingest'],
    default: '10000',
    description:
      'How many events one request may hold; larger ones are answered 413, on which SDKs that can halve them.',
  },
  {
    name: 'TIDEWATCH_REMEMBER_HOURS',
    readBy: ['ingest'],
    default: '24',
    description:
      'How long the id of an accepted event is remembered, so that the same event sent again is a duplicate: 24 to 744 hours.',
  },
  {
    name: 'TIDEWATCH_PLAN_FILE',
    readBy: ['ingest', 'cli'],
    default: null,
    description:
      'Tracking plan of the business (`docs/reference/tracking-plan.md`); unset, the one that comes with Tidewatch.',
  },
  {
    name: 'TIDEWATCH_INGEST_URLS',
    readBy: ['ingest'],
    default: null,
    description:
      'Addresses by which OAuth clients know ingest, where that is not the one it listens on (behind a proxy): an assertion must name one of them as its audience. Several separated by commas.',
  },
  {
    name: 'TIDEWATCH_QUALITY_CHECK_MINUTES',
    readBy: ['ingest'],
    default: '60',
    description:
      'How often the quality of sources is compared with its targets (`docs/reference/quality.md`): 1 to 1440 minutes.',
  },
  {
    name: 'TIDEWATCH_RATE_LIMIT',
    readBy: ['ingest'],
    default: '0',
    description:
      'Events per second of a write key that has no limit of its own, over all ingest processes together; ten seconds ' +
      'of it may come at once. `0` for no limit.',
  },
  {
    name: 'TIDEWATCH_WRITE_KEYS',
    readBy: ['simulator'],
    default: null,
    description: 'Write keys of the simulated sources, as JSON `{"source": "write key"}`. `npm start` sets it.',
    secret: true,
  },
  {
    name: 'TIDEWATCH_START_TIMEOUT_MS',
    readBy: servicesAndTools,
    default: '60000',
    description: 'How long a starting service waits for Kafka, the registry and Redis before it gives up.',
  },
  {
    name: 'TIDEWATCH_DRAIN_TIMEOUT_MS',
    readBy: services,
    default: '20000',
    description: 'How long a stopping service may take to finish the work under way before it ends with exit code 1.',
  },
  {
    name: 'TIDEWATCH_CACHE_CUSTOMERS',
    readBy: ['scorer'],
    default: '100000',
    description: 'How many customer states the scorer keeps in memory; 0 keeps none.',
  },
  {
    name: 'TIDEWATCH_PARTITIONS_CONCURRENTLY',
    readBy: ['scorer'],
    default: '4',
    description: 'How many partitions the scorer works on at a time.',
  },
  {
    name: 'TIDEWATCH_DAY_ENDS',
    readBy: ['scorer'],
    default: 'clock',
    description:
      '`clock`: the scorer itself writes the ends of business days into the log; `log`: it only reads those that others write.',
  },
  {
    name: 'TIDEWATCH_DAY_GRACE_MS',
    readBy: ['scorer'],
    default: '900000',
    description: 'How long after midnight a business day stays open for events that are under way.',
  },
  {
    name: 'TIDEWATCH_SESSION_TIMEOUT_MS',
    readBy: ['scorer', 'alerts'],
    default: '10000',
    description: 'How long Kafka waits for a consumer that was killed before its partitions go to others.',
  },
  {
    name: 'TIDEWATCH_BACKFILL',
    readBy: ['scorer'],
    default: '0',
    description:
      '`1` makes the scorer build states under `TIDEWATCH_KEY_PREFIX` from the whole log, behind the live scorers, and publish nothing (`docs/reference/state-migration.md`).',
  },
  {
    name: 'TIDEWATCH_BACKFILL_GROUP',
    readBy: ['scorer'],
    default: null,
    description:
      'Consumer group of the live scorers that a backfill stays behind; unset, the group under `TIDEWATCH_GROUP_PREFIX`.',
  },
  {
    name: 'TIDEWATCH_BACKFILL_LIVE_KEY_PREFIX',
    readBy: ['scorer'],
    default: '',
    description: 'Key prefix of the live scorers, whose progress with silent customers a backfill stays behind.',
  },
  {
    name: 'TIDEWATCH_WHEN_OFFSET_LOST',
    readBy: ['scorer', 'alerts'],
    default: 'resume',
    description:
      'What to do when the log no longer holds the committed offset, because retention was faster or a topic was made ' +
      'anew: `resume` at the oldest record, or `stop` with exit code 1. Both log `offset_out_of_range` and count it.',
  },
  {
    name: 'TIDEWATCH_MAX_EVENT_BYTES',
    readBy: ['ingest'],
    default: '32768',
    description: 'Size above which ingest refuses one event, as it was sent: 1024 to 196608 bytes.',
  },
  {
    name: 'TIDEWATCH_DELIVERY_FILE',
    readBy: ['alerts'],
    default: null,
    description:
      'What goes out of alerts: webhooks, channels to customers, daily digests (docs/reference/delivery.md); absent: nothing does.',
  },
  {
    name: 'TIDEWATCH_INGEST_URL',
    readBy: ['alerts'],
    default: null,
    description: 'Address of ingest, to which what becomes of messages goes back as events.',
  },
  {
    name: 'TIDEWATCH_DELIVERY_WRITE_KEY',
    readBy: ['alerts'],
    default: null,
    description: 'Write key for those events; one for each tenant, separated by commas.',
    secret: true,
  },
  {
    name: 'TIDEWATCH_TOKEN',
    readBy: ['cli'],
    default: null,
    description: 'API token of the tenant, for commands that talk to a running service (`tidewatch dlq`).',
    secret: true,
  },
  {
    name: 'TIDEWATCH_FAULT',
    readBy: ['scorer'],
    default: null,
    description:
      '`after-load|after-predict|after-produce|after-write|after-commit:N` kills the scorer the N-th time it gets there.',
  },
  {
    name: 'TIDEWATCH_ALLOW_FAULTS',
    readBy: ['scorer'],
    default: null,
    description: '`1` permits TIDEWATCH_FAULT; without it a service with a fault set does not start.',
  },
];
