import { consentByMarks } from '../contacts/consent-by-marks.ts';
import { createContactHours } from '../contacts/quiet-hours.ts';
import { createBusinessCalendar } from '../events/business-day.ts';
import type { EventType } from '../events/event-types.ts';
import type { ConsentGate } from '../ports/consent-gate.ts';
import type { Digest } from '../ports/digest.ts';
import type { ServiceRules } from '../service/service-rules.ts';
import { compilePlaybooks, minuteOf, type TenantSettings } from './compile-playbooks.ts';
import type { PlaybooksDocument } from './playbook-document.ts';
import type { ServedPlaybook } from './served-playbook.ts';
import type { TaskRules, TenantRules } from './tenant-rules.ts';
import { parseTerm } from './term.ts';

export interface TaskRulesOptions {
  /** See `readPlaybooks`. */
  readonly version: string;
  readonly digest: Digest;
  readonly tenants: ReadonlyMap<string, TenantSettings>;
  /** What is promised to customers with a concern, and what they are asked, by tenant. */
  readonly service: (tenant: string) => ServiceRules;
  readonly consent?: ConsentGate;
  /** `playbook|segment` of a tenant's customers whom contact was measured to harm; asked for each decision. */
  readonly harms?: (tenant: string) => ReadonlySet<string>;
}

const nobody: ReadonlySet<string> = new Set();

/** What a checked playbook file makes of inputs, tenant by tenant. */
export function compileTaskRules(document: PlaybooksDocument, options: TaskRulesOptions): TaskRules {
  const rules = new Map(
    [...options.tenants].map(([id, tenant]) => [id, tenantRules(document, { ...tenant, id }, options)] as const),
  );
  return { of: (tenant) => rules.get(tenant) ?? null };
}

interface KnownTenant extends TenantSettings {
  readonly id: string;
}

function tenantRules(document: PlaybooksDocument, tenant: KnownTenant, options: TaskRulesOptions): TenantRules {
  const playbooks = compilePlaybooks(document, tenant);
  const { quiet, caps } = document.contact;
  const served = caps.map(({ purposes, channel, most, within }) => {
    return { purposes: new Set(purposes), channel, most, withinMs: parseTerm(within)?.units ?? 0 };
  });
  const times = { from: minuteOf(quiet.from), to: minuteOf(quiet.to) };
  return {
    version: options.version,
    digest: options.digest,
    playbooks: new Map(playbooks.map((playbook) => [playbook.id, playbook])),
    queues: new Set(Object.keys(document.queues)),
    onLevel: playbooks.filter(({ on }) => on.on === 'level'),
    onStanding: playbooks.filter(({ on }) => ['stage', 'tier', 'silence', 'date', 'without-result'].includes(on.on)),
    onEvent: byEventType(playbooks),
    onCase: playbooks.filter(({ on }) => on.on === 'complaint' || on.on === 'case'),
    attributes: [...new Set(playbooks.flatMap(({ onlyFor }) => [...onlyFor.keys()]))],
    service: options.service(tenant.id),
    contactHours: createContactHours(tenant.timezone, times, new Set()),
    caps: served,
    capWindowMs: Math.max(0, ...served.map(({ withinMs }) => withinMs)),
    calendar: createBusinessCalendar(tenant.timezone),
    consent: options.consent ?? consentByMarks,
    harms: () => options.harms?.(tenant.id) ?? nobody,
  };
}

function byEventType(playbooks: readonly ServedPlaybook[]): ReadonlyMap<string, readonly ServedPlaybook[]> {
  const byType = new Map<string, ServedPlaybook[]>();
  for (const playbook of playbooks) {
    for (const type of eventTypesOf(playbook)) byType.set(type, [...(byType.get(type) ?? []), playbook]);
  }
  return byType;
}

function eventTypesOf({ on }: ServedPlaybook): readonly EventType[] {
  switch (on.on) {
    case 'event':
      return on.types;
    case 'low-score':
      return ['survey.answered', 'review.posted'];
    case 'payment-failed':
      return ['payment.failed'];
    default:
      return [];
  }
}
