import { z } from 'zod';
import { eventTypes } from '../../core/events/event-types.ts';
import { parseTerm, termForm } from '../../core/playbooks/term.ts';
import { caseAlarms, type PlaybooksDocument } from '../../core/playbooks/playbook-document.ts';
import { reasonCodes } from '../../core/reasons/reason-code.ts';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be a name of small letters, digits and "-", like "wake-dormant"');
const label = z.strictObject({ en: z.string().min(1), zhCN: z.string().min(1) });
const term = z.string().refine((text) => parseTerm(text) !== null, `must be ${termForm}`);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, like 21:00');
const hours = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be hours of a day, like 09:00-18:00')
  .refine((text) => text.slice(0, 5) < text.slice(6), 'must end after it begins');
const share = z.number().min(0, 'must be 0 to 1').max(1, 'must be 0 to 1');
const purpose = z.enum(['marketing', 'care', 'service']);
const level = z.enum(['watch', 'high', 'critical']);
const deadline = z.union([term, z.partialRecord(level, term)], `must be ${termForm}, or one for each level`);
const escalation = z.array(z.strictObject({ after: term, to: name })).max(5, 'may hold 5 steps');
const type = z.enum(eventTypes);

const trigger = z.discriminatedUnion('on', [
  z.strictObject({
    on: z.literal('level'),
    at_least: level,
    reasons: z.array(z.enum(reasonCodes)).min(1).nullable().default(null),
  }),
  z.strictObject({
    on: z.literal('stage'),
    machine: z.string(),
    enters: z.array(z.string()).min(1),
    every: term.nullable().default(null),
  }),
  z.strictObject({ on: z.literal('tier'), scheme: z.string(), in: z.array(z.string()).min(1), every: term }),
  z.strictObject({ on: z.literal('event'), types: z.array(type).min(1) }),
  z.strictObject({ on: z.literal('complaint') }),
  z.strictObject({ on: z.literal('case'), moments: z.array(z.enum(caseAlarms)).min(1) }),
  z.strictObject({
    on: z.literal('low-score'),
    csat_at_most: z.number().min(1, 'must be 1 to 5').max(5, 'must be 1 to 5'),
    nps_at_most: z.number().int().min(0, 'must be 0 to 10').max(10, 'must be 0 to 10'),
  }),
  z.strictObject({ on: z.literal('payment-failed') }),
  z.strictObject({ on: z.literal('silence'), since: z.enum(['purchase', 'contact']), for: term }),
  z.strictObject({ on: z.literal('without-result'), of: name }),
  z.strictObject({ on: z.literal('date'), field: z.enum(['birthday', 'care-date']) }),
]);

const step = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('task'), text: label }),
  z.strictObject({ do: z.literal('message'), channel: name, text: label }),
  z.strictObject({ do: z.literal('wait'), for: term }),
  z.strictObject({ do: z.literal('follow-up'), after: term, text: label }),
  z.strictObject({ do: z.literal('escalate'), to: name }),
  z.strictObject({ do: z.literal('webhook'), target: name }),
  z.strictObject({ do: z.literal('close') }),
]);

const playbook = z.strictObject({
  handbook: z
    .string()
    .regex(/^H\d{1,2}$/, 'must be a row of the handbooks, like H6')
    .nullable()
    .default(null),
  label,
  enabled: z.boolean().default(true),
  trigger,
  only_for: z.record(z.string().min(1), z.array(z.string()).min(1)).default({}),
  purpose,
  owner: name,
  owner_by_tier: z.record(z.string(), name).default({}),
  calendar: name.nullable().default(null),
  respond_within: deadline,
  resolve_within: deadline,
  offer: z
    .strictObject({
      label,
      cost: z.string().regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be an amount, like 12.50'),
      changes_price: z.boolean().default(false),
    })
    .nullable()
    .default(null),
  expected_effect: share,
  holdout: share.default(0),
  cooldown: term,
  stop: z.strictObject({ after: term.nullable().default(null), on: z.array(type).default([]) }).prefault({}),
  escalation: escalation.nullable().default(null),
  steps: z.array(step).min(1, 'must hold a step').max(30, 'may hold 30 steps'),
});

/** The form of a playbook file (docs/reference/playbooks.md); what names refer to is checked after it. */
export const playbooksFileSchema: z.ZodType<PlaybooksDocument> = z.strictObject({
  format: z.literal(1),
  version: z.string().min(1).max(40),
  queues: z.record(name, z.strictObject({ label, capacity: z.number().int().positive().nullable().default(null) })),
  calendars: z
    .record(
      name,
      z.strictObject({
        timezone: z.string().nullable().default(null),
        week: z.partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), z.array(hours)),
        exceptions: z.record(z.iso.date('must be a date, like 2026-12-25'), z.array(hours)).default({}),
      }),
    )
    .default({}),
  contact: z.strictObject({
    quiet: z.strictObject({ from: clockTime, to: clockTime }),
    caps: z.array(
      z.strictObject({
        purposes: z.array(purpose).min(1),
        channel: name.nullable().default(null),
        most: z.number().int().min(0),
        within: term,
      }),
    ),
  }),
  escalation: escalation.default([]),
  playbooks: z.record(name, playbook),
});
