import type { ContactPurpose } from '../contacts/contact-caps.ts';
import type { BilingualText } from '../reasons/bilingual-text.ts';
import type { EpochMs } from '../units.ts';

/** What a queued message holds; whom it goes to is looked up when it is sent. */
export interface MessagePayload {
  readonly purpose: ContactPurpose;
  readonly text: BilingualText;
  readonly offer: BilingualText | null;
  readonly expiresAt: EpochMs | null;
  /** When it was to go out. */
  readonly at: EpochMs;
}
