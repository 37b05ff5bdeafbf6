import { normaliseName } from '../plan/normalise-name.ts';

/** Kinds of fields that have a normal form. */
export const fieldKinds = [
  'phone', 'email', 'country', 'currency', 'timezone', 'birthDate', 'quantity', 'age',
] as const; // prettier-ignore

export type FieldKind = (typeof fieldKinds)[number];

const names: Readonly<Record<FieldKind, readonly string[]>> = {
  phone: ['phone', 'phoneNumber', 'telephone', 'tel', 'mobile', 'mobileNumber', 'mobilePhone', 'cellPhone', '电话', '手机', '手机号'], // prettier-ignore
  email: ['email', 'emailAddress', 'mail', 'customerEmail', '邮箱'],
  country: ['country', 'countryCode', 'countryName', '国家'],
  currency: ['currency', 'currencyCode'],
  timezone: ['timezone', 'timezoneName', 'tz'],
  birthDate: ['birthday', 'birthDate', 'dateOfBirth', 'dob', '生日'],
  quantity: ['quantity', 'qty', 'units', 'itemCount', 'itemQuantity'],
  age: ['age'],
};

const kinds: ReadonlyMap<string, FieldKind> = new Map(
  fieldKinds.flatMap((kind) => names[kind].map((name) => [normaliseName(name), kind] as const)),
);

/** The kind of a field by its name, in any case and with any separators; null for those without a normal form. */
export function fieldKind(name: string): FieldKind | null {
  return kinds.get(normaliseName(name)) ?? null;
}
