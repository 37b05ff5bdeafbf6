import type { ContextColumn } from './context-column.ts';
import { contextWidth } from './encode-context.ts';
import type { Policy } from './policy.ts';

/** A policy as its file holds it. */
type PolicyFile = Policy & { readonly format: number };

/** Why something that was read is no policy whose parts fit together; null when it is one. */
export function findPolicyProblem(document: Partial<PolicyFile> | null): string | null {
  if (document === null || typeof document !== 'object') return 'it is no object';
  if (document.format !== 1) return 'its format is not 1';
  const { arms, bestArm, context, perCustomer } = document;
  if (!isListOfNames(arms) || arms.length < 2) return 'it has no list of two arms or more, each named once';
  if (typeof bestArm !== 'string' || !arms.includes(bestArm)) return 'its best arm is none of its arms';
  if (!isListOfNames(context)) return 'it has no list of context columns, each named once';
  if (perCustomer === null) return null;
  if (!Array.isArray(perCustomer?.columns) || !Array.isArray(perCustomer.models)) return 'it has no models';
  const columns: readonly unknown[] = perCustomer.columns;
  if (columns.length !== context.length) return 'its columns are not those of its context';
  const broken = context.find((name, at) => !isColumn(columns[at], name));
  if (broken !== undefined) return `it does not say how the context column "${broken}" becomes inputs`;
  const width = contextWidth(perCustomer.columns) + 1;
  const models: readonly unknown[] = perCustomer.models;
  const fits = (model: unknown): boolean =>
    Array.isArray(model) && model.length === width && model.every((value) => Number.isFinite(value));
  return models.length === arms.length && models.every(fits) ? null : 'its models do not fit its arms and columns';
}

function isListOfNames(list: unknown): list is readonly string[] {
  return Array.isArray(list) && list.every((name) => typeof name === 'string') && new Set(list).size === list.length;
}

/** Whether something that was read is the column of that name, and every cell becomes finite inputs by it. */
function isColumn(read: unknown, name: string): boolean {
  const column = read as Partial<ContextColumn> | null | undefined;
  if (column?.name !== name) return false;
  if (column.kind === 'category') return isListOfNames(column.values);
  return column.kind === 'number' && Number.isFinite(column.mean) && Number.isFinite(column.sd) && (column.sd ?? 0) > 0;
}
