/** A finite decimal number, or a text that is one (`12`, `-3.5`); null for anything else. */
export function readNumber(value: string | number): number | null {
  if (typeof value === 'string' && !/^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(value)) return null;
  const number = Number(value);
  // There is no JSON text for -0.
  return Number.isFinite(number) ? number + 0 : null;
}
