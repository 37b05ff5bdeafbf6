import type { ColumnSpec } from './column-spec.ts';
import type { LeftOutColumn } from './choose-columns.ts';
import type { MemberName } from './members.ts';
import type { SingleColumn } from './single-column-auc.ts';
import type { TableFigures } from './table-figures.ts';
import type { Blend } from './table-model.ts';

export const tableFormat = 'tidewatch-table/1';

/** File names in the directory of a table model. */
export const tableFiles = {
  manifest: 'manifest.json',
  trees: 'trees.json',
  weights: 'weights.bin',
  golden: 'golden.json',
  card: 'README.md',
} as const;

/** Where the nets of one member lie in weights.bin: `nets` nets of equal layers, each layer's kernel before its bias. */
export interface NetPlace {
  readonly member: MemberName;
  readonly nets: number;
  /** Inputs and units of each layer. */
  readonly layers: readonly (readonly [inputs: number, units: number])[];
}

/** manifest.json of a table model. */
export interface TableManifest {
  readonly format: typeof tableFormat;
  readonly target: string;
  /** The value of `target` that means that the customer left. */
  readonly positive: string;
  /** Column that names a row; null where rows have numbers only. */
  readonly id: string | null;
  readonly columns: readonly ColumnSpec[];
  readonly leftOut: readonly LeftOutColumn[];
  /** Columns that alone exceed the leak limit, used all the same. */
  readonly leaks: readonly SingleColumn[];
  readonly blend: Blend;
  readonly networks: readonly NetPlace[];
  readonly trainedOn: {
    readonly source: string;
    readonly rows: number;
    readonly churned: number;
    readonly unlabelled: number;
    readonly duplicates: number;
    readonly seed: number;
    readonly backend: string;
  };
  readonly metrics: {
    /** Null unless outer folds were asked for. */
    readonly outOfFold: TableFigures | null;
    readonly foldAucs: readonly number[];
    readonly crossFitted: TableFigures;
  };
  /** SHA-256 in hex of the other files. */
  readonly hashes: Readonly<Record<'trees' | 'weights' | 'golden', string>>;
}
