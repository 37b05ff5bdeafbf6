import { isPersonalId } from '../../services/core/identity/is-personal-id.ts';

const maxDistinct = 10_000;
const examplesKept = 3;

/** What is known of one column: bounded, however long the file is. */
export class ColumnProfile {
  readonly name: string;
  filled = 0;
  readonly #types = new Map<string, number>();
  readonly #distinct = new Set<string>();
  readonly #examples = new Set<string>();
  #min: number | string | null = null;
  #max: number | string | null = null;

  constructor(name: string) {
    this.name = name;
  }

  take(value: unknown): void {
    if (value === null || value === undefined || value === '') return;
    this.filled += 1;
    const text = textOfCell(value);
    const number = Number(text);
    const type = value instanceof Date || /^\d{4}-\d\d-\d\d/.test(text) ? 'time' : text.trim() !== '' && Number.isFinite(number) ? 'number' : 'text'; // prettier-ignore
    this.#types.set(type, (this.#types.get(type) ?? 0) + 1);
    if (this.#distinct.size < maxDistinct) this.#distinct.add(text);
    if (this.#examples.size < examplesKept) this.#examples.add(mask(text));
    const comparable = type === 'number' ? number : text;
    if (typeof comparable !== typeof (this.#min ?? comparable)) return;
    if (this.#min === null || comparable < this.#min) this.#min = comparable;
    if (this.#max === null || comparable > this.#max) this.#max = comparable;
  }

  /** One line of the report. */
  describe(rows: number): string {
    const share = rows === 0 ? 0 : Math.floor((this.filled / rows) * 1000) / 10;
    const distinct = this.#distinct.size < maxDistinct ? String(this.#distinct.size) : `${maxDistinct} or more`;
    const types = [...this.#types.keys()].join('/') || 'empty';
    const range = this.#min === null ? '' : `, from ${mask(String(this.#min))} to ${mask(String(this.#max))}`;
    return `${this.name}: ${share} % filled, ${distinct} distinct, ${types}${range}; such as ${[...this.#examples].join(' | ')}`;
  }
}

function textOfCell(value: unknown): string {
  if (typeof value === 'string') return value;
  return value instanceof Date
    ? value.toISOString()
    : typeof value === 'bigint'
      ? value.toString()
      : JSON.stringify(value);
}

/** Nothing in a report may name a person: what looks personal, and words that could be names, are hidden. */
function mask(text: string): string {
  const clipped = text.length > 40 ? `${text.slice(0, 37)}...` : text;
  if (isPersonalId(text)) return '***';
  return /^[\p{L} .'-]{3,}$/u.test(text) && text.includes(' ') ? `${text.slice(0, 1)}***` : clipped;
}
