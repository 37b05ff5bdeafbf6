import { contextWidth } from './encode-context.ts';
import type { Policy } from './policy.ts';

/** A policy as its file holds it. */
type PolicyFile = Policy & { readonly format: number };

/** Why something that was read is no policy whose parts fit together; null when it is one. */
export function findPolicyProblem(document: Partial<PolicyFile> | null): string | null {
  if (document === null || typeof document !== 'object') return 'it is no object';
  if (document.format !== 1) return 'its format is not 1';
  const { arms, bestArm, context, perCustomer } = document;
  if (!Array.isArray(arms) || arms.length < 2 || !arms.every((arm) => typeof arm === 'string'))
    return 'it has no list of arms';
  if (typeof bestArm !== 'string' || !arms.includes(bestArm)) return 'its best arm is none of its arms';
  if (!Array.isArray(context)) return 'it has no list of context columns';
  if (perCustomer === null) return null;
  if (!Array.isArray(perCustomer?.columns) || !Array.isArray(perCustomer.models)) return 'it has no models';
  if (perCustomer.columns.length !== context.length) return 'its columns are not those of its context';
  const width = contextWidth(perCustomer.columns) + 1;
  const models: readonly unknown[] = perCustomer.models;
  const fits = (model: unknown): boolean =>
    Array.isArray(model) && model.length === width && model.every((value) => Number.isFinite(value));
  return models.length === arms.length && models.every(fits) ? null : 'its models do not fit its arms and columns';
}
