import type { CellName } from '../../services/core/kpis/cells.ts';
import type { CellReader } from '../../services/core/kpis/expression.ts';

type Held = Partial<Record<CellName, number>>;

/** Cells that hold this and nothing else. */
export function heldCells(held: Held, openings: Held = {}): CellReader {
  return { cell: (name) => held[name] ?? 0, opening: (name) => openings[name] ?? 0 };
}
