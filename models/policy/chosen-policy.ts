import type { ExperimentLog } from '../../services/core/actions/experiment-log.ts';
import { dataFileError } from '../training/data-file-error.ts';

/**
 * The policy that gives each row the arm named for it.
 * @returns probabilities 0 or 1, rows x arms
 * @throws ERR_DATA_FILE for an arm that the log never tried: nothing in it tells what that would have earned
 */
export function chosenPolicy({ arms, arm: { length } }: ExperimentLog, chosen: (row: number) => string): Float64Array {
  const policy = new Float64Array(length * arms.length);
  for (let row = 0; row < length; row++) {
    const name = chosen(row);
    const arm = arms.indexOf(name);
    if (arm < 0)
      throw dataFileError(
        `The policy gives the arm "${name}", which the log never tried: nothing in it tells what that would have earned. Tried were ${arms.join(', ')}.`,
      );
    policy[row * arms.length + arm] = 1;
  }
  return policy;
}
