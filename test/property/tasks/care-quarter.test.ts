import { describe, expect, it } from 'vitest';
import { careBooks, careFigures } from '../../support/care-quarter.ts';
import { runs } from '../../support/property-runs.ts';

// A quarter of 700 customers; where properties are tried at full counts a year of 20,000.
const options = runs(1) > 1 ? { seed: 9, customers: 20_000, days: 365 } : { seed: 9, customers: 700, days: 92 };
/** Without any of these the comparison would be an empty one. */
const counted = [
  'opened treated', 'opened holdout', 'follow-ups', 'resolved treated', 'expired treated', 'retracted treated', 'warned',
  'breached', 'escalations', 'contacts by email', 'contacts by sms', 'measured', 'open-task withheld: cooldown',
  'open-task withheld: marketing-refused', 'send-message withheld: marketing-refused',
]; // prettier-ignore

describe('the demo care business', () => {
  it('ends with the tasks, breaches and contacts that stand in its books', { timeout: 7_200_000 }, async () => {
    const { lives, figures } = careBooks(options);
    expect(await careFigures(lives, options)).toEqual(figures);
    const rows = Object.values(figures);
    const total = (what: string) => rows.reduce((sum, row) => sum + (row[what] ?? 0), 0);
    for (const what of counted) expect(total(what), what).toBeGreaterThan(0);
  });
});
