import type { KpiSlice } from '../kpi-dimension.ts';
import { type Composite, compositeOf } from './composite.ts';
import type { Scorecard, ScorecardLine } from './scorecard.ts';

/**
 * The target tree: the company's goals broken down to departments, to customer groups and there to KPIs. A node's
 * composite is that of its own lines. A KPI that several departments answer for stands in each with an equal part of its
 * weight, so that the company's composite is the mean of its departments' by the weight they cover.
 */
export interface TargetNode {
  readonly kind: 'company' | 'department' | 'group';
  /** The tenant, the department, or the slice as `tier=retail5.core`. */
  readonly name: string;
  readonly slice: KpiSlice;
  readonly composite: Composite;
  /** With the weight that they have in this node. */
  readonly lines: readonly ScorecardLine[];
  readonly children: readonly TargetNode[];
}

/** Who answers for a KPI that names nobody. */
export const withoutOwner = 'unassigned';

/**
 * @param company the whole
 * @param groups the same period by customer group; a department's groups hold its KPIs that can be split so
 */
export function targetTree(company: Scorecard, groups: readonly Scorecard[]): TargetNode {
  const departments = [...new Set(company.lines.flatMap(ownersOf))].sort();
  return {
    ...nodeOf('company', company.tenant, null, company.lines),
    children: departments.map((department) => departmentNode(department, company, groups)),
  };
}

function departmentNode(department: string, company: Scorecard, groups: readonly Scorecard[]): TargetNode {
  const children = groups
    .map(({ slice, lines }) => nodeOf('group', nameOf(slice), slice, partOf(department, lines)))
    .filter(({ lines }) => lines.length > 0);
  return { ...nodeOf('department', department, null, partOf(department, company.lines)), children };
}

function nodeOf(kind: TargetNode['kind'], name: string, slice: KpiSlice, lines: readonly ScorecardLine[]): TargetNode {
  return { kind, name, slice, composite: compositeOf(lines), lines, children: [] };
}

function partOf(department: string, lines: readonly ScorecardLine[]): ScorecardLine[] {
  return lines
    .filter((line) => ownersOf(line).includes(department))
    .map((line) => ({ ...line, weight: line.weight / ownersOf(line).length }));
}

function ownersOf({ owners }: ScorecardLine): readonly string[] {
  return owners.length > 0 ? owners : [withoutOwner];
}

function nameOf(slice: KpiSlice): string {
  return slice === null ? '' : `${slice.dimension}=${slice.value}`;
}
