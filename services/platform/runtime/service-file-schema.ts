import { z } from 'zod';
import { messageChannels } from '../../core/contacts/message-channels.ts';
import { parseTerm, termForm } from '../../core/playbooks/term.ts';
import type { ServiceDocument } from '../../core/service/service-document.ts';
import { surveyDimensions } from '../../core/surveys/survey.ts';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be a name of small letters, digits and "-", like "delivery-late"');
const label = z.strictObject({ en: z.string().min(1), zhCN: z.string().min(1) });
const term = z.string().refine((text) => parseTerm(text) !== null, `must be ${termForm}`);
const hours = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be hours of a day, like 09:00-18:00')
  .refine((text) => text.slice(0, 5) < text.slice(6), 'must end after it begins');
const nature = z.enum(['product', 'service', 'after-sales']);
const weight = z.enum(['routine', 'complex', 'urgent']);
const ofWeight = <T extends z.ZodType>(rule: T) => z.strictObject({ routine: rule, complex: rule, urgent: rule });
const clock = z.enum(['answer', 'handling', 'complaint', 'resolution', 'followUp']);
const positive = z.number().positive('must be above 0');

const calendar = z.strictObject({
  timezone: z.string().nullable().default(null),
  week: z.partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), z.array(hours)),
  exceptions: z.record(z.iso.date('must be a date, like 2026-12-25'), z.array(hours)).default({}),
});

const survey = z.strictObject({
  enabled: z.boolean().default(true),
  kind: z.enum(['csat', 'nps']),
  on: z.enum(['case-followed-up', 'order-fulfilled', 'period']),
  after: term,
  question: label,
  dimensions: z.array(z.enum(surveyDimensions)).default([]),
  message: z.strictObject({ channel: z.enum(messageChannels), text: label }),
});

/** The form of a file of service rules (docs/reference/service.md); what names refer to is checked after it. */
export const serviceFileSchema: z.ZodType<ServiceDocument> = z.strictObject({
  format: z.literal(1),
  version: z.string().min(1).max(40),
  calendars: z.record(name, calendar),
  calendar: name,
  terms: z.strictObject({
    answer: ofWeight(term),
    handling: ofWeight(term),
    complaint: term,
    resolution: ofWeight(term),
    follow_up: term,
  }),
  tiers: z
    .record(z.string(), z.strictObject({ share: positive.max(1, 'must be at most 1'), priority: positive.max(100) }))
    .default({}),
  urgency: ofWeight(positive.max(100, 'must be at most 100')),
  defaults: z.strictObject({ nature, weight }),
  queues: z.strictObject({
    product: name,
    service: name,
    'after-sales': name,
    complaint: name.nullable().default(null),
  }),
  waiting: z.record(name, z.strictObject({ label, pauses: z.array(clock) })).default({}),
  escalation: z.record(name, z.array(z.strictObject({ after: term, to: name })).max(5, 'may hold 5 steps')),
  cause_codes: z.record(name, label).refine((codes) => Object.keys(codes).length > 0, 'must name a cause'),
  stuck_after: ofWeight(term),
  surveys: z.strictObject({
    link: z.url({ protocol: /^https?$/, error: 'must be an address, like https://care.example.org/s/' }),
    valid: term,
    fatigue: term,
    low: z.strictObject({
      csat: z.number().min(1, 'must be 1 to 5').max(5, 'must be 1 to 5'),
      nps: z.int().min(0, 'must be 0 to 10').max(10, 'must be 0 to 10'),
    }),
    low_weight: weight,
    dimensions: z.record(z.enum(surveyDimensions), label),
    ask: z.record(name, survey),
  }),
});
