import type { Attribute } from '../../events/customer-record.ts';
import type { Digest } from '../../ports/digest.ts';
import type { EpochMs, MinorUnits } from '../../units.ts';
import { typedCells } from '../counting/figure-cells.ts';
import type { KpiFact } from '../kpi-fact.ts';
import { periodName, type Period } from '../period.ts';
import type { SpendRow } from './spend-row.ts';

/** Whose figures they are and which import tells them: the row of a higher sequence takes the place of a lower one. */
export interface FigureOrigin {
  readonly tenant: string;
  readonly sequence: number;
  /** Who or what told it: the name of the file's source, `cli`. */
  readonly source: string;
}

/** The fact of a row of spend; the same row of two imports has one surrogate and two sequences. */
export function spendFact(row: SpendRow, at: EpochMs, origin: FigureOrigin, digest: Digest): KpiFact {
  const attributes: Attribute[] = [
    { name: 'campaign', value: row.campaign },
    { name: 'playbook', value: row.playbook },
  ].filter(({ value }) => value !== null);
  const { type, channel, amountMinor } = row;
  return figureFact({ kind: 'spend', id: row.id, at, type, channel, amountMinor, attributes }, origin, digest);
}

/** KPIs that are typed in, by the name of their fact. */
export const typedFigures: readonly string[] = Object.keys(typedCells);

/** The fact of a typed figure of one period; typing it again replaces it. `millionths` is the value × 1,000,000, whole. */
export function typedFact(
  figure: { readonly type: string; readonly period: Period; readonly millionths: MinorUnits; readonly at: EpochMs },
  origin: FigureOrigin,
  digest: Digest,
): KpiFact {
  const { type, period, millionths, at } = figure;
  const id = `${type}:${periodName(period)}`;
  return figureFact(
    { kind: 'typed', id, at, type, channel: null, amountMinor: millionths, attributes: [] },
    origin,
    digest,
  );
}

type Told = Pick<KpiFact, 'at' | 'type' | 'channel' | 'amountMinor' | 'attributes'> & {
  readonly kind: 'spend' | 'typed';
  readonly id: string;
};

function figureFact({ id, kind, ...told }: Told, { tenant, sequence, source }: FigureOrigin, digest: Digest): KpiFact {
  const surrogate = digest.sha256Hex(JSON.stringify([kind, tenant, id])).slice(0, 32);
  return {
    factId: digest.sha256Hex(JSON.stringify([kind, tenant, id, sequence])).slice(0, 32),
    kind,
    tenant,
    surrogate,
    epoch: 0,
    sequence,
    sign: 1,
    source,
    region: null,
    store: null,
    standing: null,
    task: null,
    serviceCase: null,
    ...told,
  };
}
