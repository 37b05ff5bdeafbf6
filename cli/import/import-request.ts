import type { FieldMap } from './field-map.ts';
import type { FileFormat } from './rows/open-rows.ts';

/** What to import and how to read it; all of it decides what a row becomes. */
export interface ImportRequest {
  readonly file: string;
  readonly format: FileFormat;
  readonly map: FieldMap;
  /** Type of every event. A column that names it for each row goes before it. */
  readonly type: string;
  readonly typeColumn: string | null;
  /** Zone of times without an offset, IANA name. */
  readonly timezone: string;
  /** Of amounts whose row names no currency. */
  readonly currency: string;
  readonly importId: string;
}
