import type { CustomerLedger } from '../customer-ledger.ts';
import type { EpochMonth } from '../period.ts';

/** Notes that a person of the staff used a function in the month. */
export function takeUsage({ usage }: CustomerLedger, month: EpochMonth, name: string): void {
  const found = usage.find((each) => each.month === month);
  if (found === undefined) usage.push({ month, functions: [name] });
  else if (!found.functions.includes(name)) found.functions.push(name);
}
