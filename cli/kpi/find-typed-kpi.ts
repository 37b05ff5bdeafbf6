import { allKpis } from '../../services/core/kpis/all-kpis.ts';
import { typedCells } from '../../services/core/kpis/counting/figure-cells.ts';
import { cellsOf } from '../../services/core/kpis/expression.ts';
import type { KpisDocument } from '../../services/core/kpis/kpi-document.ts';
import type { KpiUnit } from '../../services/core/kpis/kpi-definition.ts';
import type { PeriodKind } from '../../services/core/kpis/period.ts';
import { usageError } from '../usage-error.ts';

/** A KPI that is typed in. */
export interface TypedKpi {
  readonly key: string;
  /** Name of the figure in its facts. */
  readonly type: string;
  readonly unit: KpiUnit;
  readonly kinds: readonly PeriodKind[];
}

/**
 * The KPI of a name: its key, the name of its figure, or another name that the KPI file gives it.
 * @throws ERR_USAGE for a name that means several KPIs, with their keys, and for one of a KPI that is counted
 */
export function findTypedKpi(
  name: string,
  { aliases, ambiguous }: Pick<KpisDocument, 'aliases' | 'ambiguous'>,
): TypedKpi {
  if (Object.hasOwn(ambiguous, name)) {
    throw usageError(`${name} is used for ${ambiguous[name].join(', ')}; write the key of the one that is meant.`);
  }
  const key = Object.hasOwn(aliases, name) ? aliases[name] : name;
  for (const [type, cell] of Object.entries(typedCells)) {
    for (const kpi of allKpis.values()) {
      const isMeant = kpi.key === key || type === key;
      if (!isMeant || !('formula' in kpi) || !cellsOf(kpi.formula).includes(cell)) continue;
      return { key: kpi.key, type, unit: kpi.unit, kinds: kpi.periods };
    }
  }
  throw usageError(
    `${name} cannot be typed in; what can is ${Object.keys(typedCells).join(', ')}. All other KPIs are counted.`,
  );
}
