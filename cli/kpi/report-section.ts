/** One table of a report, in one language, ready to be drawn. */
export interface ReportSection {
  readonly title: string;
  readonly note: string | null;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Column that holds a light, and the light of each row; null where there is none. */
  readonly lights: { readonly column: number; readonly of: readonly ('green' | 'amber' | 'red' | null)[] } | null;
  /** Quoted figures stand apart from what was measured. */
  readonly isQuoted: boolean;
}
