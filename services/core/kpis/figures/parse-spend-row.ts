import { isChannel } from '../../events/channels.ts';
import { epochDayFromIso } from '../../events/epoch-day.ts';
import { toMinorUnits } from '../../events/money.ts';
import type { EpochDay } from '../../units.ts';
import { type SpendRow, spendTypes } from './spend-row.ts';

/** Cells of one row of a file, empty where the file has no such column. */
export interface SpendFields {
  readonly id: string;
  readonly day: string;
  readonly type: string;
  readonly amount: string;
  readonly channel: string;
  readonly playbook: string;
  readonly campaign: string;
}

/** What is wrong with a field, and what to write instead. */
export interface FieldFault {
  readonly field: keyof SpendFields;
  readonly fault: string;
}

/** Reads rows of one file; a row without an id of its own gets one from what it says and how often that came before it. */
export class SpendRows {
  readonly #exponent: number;
  readonly #seen = new Map<string, number>();
  readonly #ids = new Set<string>();

  /** @param exponent decimal digits of the reporting currency's minor unit */
  constructor(exponent: number) {
    this.#exponent = exponent;
  }

  /** The row, or everything that is wrong with it. */
  parse(fields: SpendFields): SpendRow | readonly FieldFault[] {
    const { day: dayText, type, amount, channel, playbook, campaign } = fields;
    const day = readDay(dayText);
    const amountMinor = amount === '' ? null : toMinorUnits(amount, this.#exponent);
    const faults: FieldFault[] = [];
    if (day === null)
      faults.push({ field: 'day', fault: `"${cut(dayText)}" is no calendar day from 1970 on; write it as YYYY-MM-DD` });
    if (!spendTypes.includes(type)) {
      faults.push({ field: 'type', fault: `"${cut(type)}" is no sort of cost; write one of ${spendTypes.join(', ')}` });
    }
    if (amountMinor === null) {
      faults.push({
        field: 'amount',
        fault: `"${cut(amount)}" is no amount; write it like 1234.50, without separators`,
      });
    }
    if (channel !== '' && !isChannel(channel)) {
      faults.push({
        field: 'channel',
        fault: `"${cut(channel)}" is no channel; write one such as web, or leave it empty`,
      });
    }
    if (day === null || amountMinor === null || faults.length > 0) return faults;
    const id = this.#idOf(fields);
    if (this.#ids.has(id))
      return [{ field: 'id', fault: `"${cut(id)}" stands in the file before; give each row its own id` }];
    this.#ids.add(id);
    return {
      id,
      day,
      type,
      amountMinor,
      channel: channel || null,
      playbook: playbook || null,
      campaign: campaign || null,
    };
  }

  /** Without the amount, so that a corrected file puts its rows in the place of those imported before. */
  #idOf({ id, day, type, channel, playbook, campaign }: SpendFields): string {
    if (id !== '') return `id:${id}`;
    const said = JSON.stringify([day, type, channel, playbook, campaign]);
    const before = this.#seen.get(said) ?? 0;
    this.#seen.set(said, before + 1);
    return `row:${said}:${before}`;
  }
}

function readDay(text: string): EpochDay | null {
  try {
    const day = epochDayFromIso(text);
    // Logs of Kafka take no time before 1970.
    return day < 0 ? null : day;
  } catch {
    return null;
  }
}

/** Enough to find it by; a cell of the wrong column may hold anything. */
function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
