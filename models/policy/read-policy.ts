import { readFile } from 'node:fs/promises';
import { findPolicyProblem } from '../../services/core/actions/find-policy-problem.ts';
import { dataFileError } from '../training/data-file-error.ts';
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
  const problem = findPolicyProblem(document as Partial<PolicyDocument> | null);
  if (problem === null) return document as PolicyDocument;
  throw dataFileError(`${file} is not a policy: ${problem}. Write it anew with tidewatch policy learn.`);
}
