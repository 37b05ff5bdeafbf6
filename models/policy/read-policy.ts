import { readFile } from 'node:fs/promises';
import { dataFileError } from '../training/data-file-error.ts';
import { contextWidth } from './encode-context.ts';
import type { PolicyDocument } from './policy-document.ts';

/**
 * Reads what `tidewatch policy learn` wrote.
 * @throws ERR_DATA_FILE when the file is missing, not JSON or not a policy whose parts fit together
 */
export async function readPolicy(file: string): Promise<PolicyDocument> {
  let document: unknown;
  try {
    document = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const isMissing = (error as { code?: string }).code === 'ENOENT';
    throw dataFileError(
      `${file} ${isMissing ? 'does not exist; check the path' : 'is not JSON; write it anew with tidewatch policy learn'}.`,
      error,
    );
  }
  const problem = findProblem(document as Partial<PolicyDocument> | null);
  if (problem === null) return document as PolicyDocument;
  throw dataFileError(`${file} is not a policy: ${problem}. Write it anew with tidewatch policy learn.`);
}

function findProblem(document: Partial<PolicyDocument> | null): string | null {
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
