import type { CleanRule } from './clean-context.ts';
import type { FieldKind } from './field-kind.ts';
import { cleanAge } from './rules/clean-age.ts';
import { cleanBirthDate } from './rules/clean-birth-date.ts';
import { cleanCountry } from './rules/clean-country.ts';
import { cleanCurrency } from './rules/clean-currency.ts';
import { cleanEmail } from './rules/clean-email.ts';
import { cleanPhone } from './rules/clean-phone.ts';
import { cleanQuantity } from './rules/clean-quantity.ts';
import { cleanTimezone } from './rules/clean-timezone.ts';

export interface NamedRule {
  /** Name and version, as records carry it; a rule that decides otherwise than before gets the next version. */
  readonly id: string;
  readonly clean: CleanRule;
}

/** The rule of each kind of field. */
export const cleanRules: Readonly<Record<FieldKind, NamedRule>> = {
  phone: { id: 'phone-e164/1', clean: cleanPhone },
  email: { id: 'email/1', clean: cleanEmail },
  country: { id: 'country-alpha2/1', clean: cleanCountry },
  currency: { id: 'currency/1', clean: cleanCurrency },
  timezone: { id: 'timezone/1', clean: cleanTimezone },
  birthDate: { id: 'birth-date/1', clean: cleanBirthDate },
  quantity: { id: 'quantity/1', clean: cleanQuantity },
  age: { id: 'age/1', clean: cleanAge },
};

/** Rules for texts of any field. */
export const textRules = { trim: 'trim/1', placeholderDate: 'placeholder-date/1' } as const;

/** Every rule that can act. */
export const ruleIds: readonly string[] = [
  ...Object.values(cleanRules).map(({ id }) => id),
  ...Object.values(textRules),
];
