import type { CleanContext } from './clean-context.ts';
import { cleanRules, textRules } from './clean-rules.ts';
import type { FieldKind } from './field-kind.ts';
import { cleanText } from './rules/clean-text.ts';
import { isPlaceholderDate } from './rules/is-placeholder-date.ts';

/** What checking found: in its normal form already, brought into it, or wrong. */
export type CheckState = 'same' | 'changed' | 'invalid' | 'impossible';

export interface CleanedValue {
  /** Null where an impossible one was withdrawn. */
  readonly value: unknown;
  /** Id of the rule that changed the value; null where none did. */
  readonly rule: string | null;
  /** Null where the field has no normal form, or says nothing. */
  readonly state: CheckState | null;
}

/** @param kind of its field; null for fields without a normal form */
export function cleanValue(value: unknown, kind: FieldKind | null, context: CleanContext): CleanedValue {
  const text = typeof value === 'string' ? cleanText(value) : value;
  if (kind === null || text === '' || (typeof text !== 'string' && typeof text !== 'number')) {
    return { ...cleanPlain(value, text), state: null };
  }
  const { id, clean } = cleanRules[kind];
  const verdict = clean(text, context);
  if (verdict.state === 'impossible') return { value: null, rule: id, state: 'impossible' };
  if (verdict.state === 'invalid') return { ...cleanPlain(value, text), state: 'invalid' };
  const isSame = verdict.value === value;
  return { value: verdict.value, rule: isSame ? null : id, state: isSame ? 'same' : 'changed' };
}

function cleanPlain(value: unknown, text: unknown): Omit<CleanedValue, 'state'> {
  if (typeof text === 'string' && isPlaceholderDate(text)) return { value: null, rule: textRules.placeholderDate };
  return { value: text, rule: text === value ? null : textRules.trim };
}
