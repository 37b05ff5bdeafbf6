import type { ContactCap } from '../contacts/contact-caps.ts';
import type { ContactHours } from '../contacts/quiet-hours.ts';
import type { BusinessCalendar } from '../events/business-day.ts';
import type { ConsentGate } from '../ports/consent-gate.ts';
import type { Digest } from '../ports/digest.ts';
import type { DurationMs } from '../units.ts';
import type { ServiceRules } from '../service/service-rules.ts';
import type { ServedPlaybook } from './served-playbook.ts';

/** Everything that decides on one tenant's tasks besides the customer's own state. */
export interface TenantRules {
  /** Version of the playbooks. */
  readonly version: string;
  readonly digest: Digest;
  /** All that are enabled, by id, in the order of the file. */
  readonly playbooks: ReadonlyMap<string, ServedPlaybook>;
  /** Names of the queues that tasks can be given to. */
  readonly queues: ReadonlySet<string>;
  /** Those that start on a level. */
  readonly onLevel: readonly ServedPlaybook[];
  /** Those that start on where the customer stands: stage, tier, silence, date, another playbook without result. */
  readonly onStanding: readonly ServedPlaybook[];
  /** Those that start on something that happens, by event type. */
  readonly onEvent: ReadonlyMap<string, readonly ServedPlaybook[]>;
  /** Those that start on a complaint, or on what happens to a case by itself. */
  readonly onCase: readonly ServedPlaybook[];
  /** Attributes of customers that some playbook asks for. */
  readonly attributes: readonly string[];
  readonly service: ServiceRules;
  readonly contactHours: ContactHours;
  readonly caps: readonly ContactCap[];
  /** Contacts older than this concern no cap. */
  readonly capWindowMs: DurationMs;
  readonly calendar: BusinessCalendar;
  readonly consent: ConsentGate;
  /** `playbook|segment` of customers whom contact was measured to harm. */
  harms(): ReadonlySet<string>;
}

/** Rules by tenant; a tenant that is not known has none, so that nothing is done for it. */
export interface TaskRules {
  of(tenant: string): TenantRules | null;
}
