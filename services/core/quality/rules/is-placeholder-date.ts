const pattern = /^(?:0000-00-00|0001-01-01|1900-01-01)(?:[T ][\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** Whether a text is the date that forms, sheets and databases write where there is none. */
export function isPlaceholderDate(text: string): boolean {
  return pattern.test(text);
}
