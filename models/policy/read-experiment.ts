import type { ExperimentLog } from '../../services/core/actions/experiment-log.ts';
import { findRowProblem, type LoggedRow } from '../../services/core/actions/find-row-problem.ts';
import { propensityMisfit } from '../../services/core/actions/propensity-misfit.ts';
import { dataFileError } from '../training/data-file-error.ts';
import type { ExperimentColumns } from './experiment-columns.ts';
import type { LoggedExperiment } from './logged-experiment.ts';
import { readColumns } from '../files/read-columns.ts';

/**
 * Reads the log of an experiment. One row that cannot be used refuses the file: rows that are left out would not be
 * missing by chance.
 * @throws ERR_DATA_FILE naming the row, what is wrong and what to do
 */
export async function readExperiment(file: string, columns: ExperimentColumns): Promise<LoggedExperiment> {
  const rows: LoggedRow[] = [];
  const customerOf: number[] = [];
  const customers = new Map<string, number>();
  const context: string[][] = [];
  const names = [columns.arm, columns.reward, ...columns.context];
  if (typeof columns.propensity === 'string') names.push(columns.propensity);
  const idAt = columns.id === null ? null : names.push(columns.id) - 1;
  await readColumns(file, names, (cells, number) => {
    const row = readRow(cells, columns, `${file}, row ${number}`);
    const id = idAt === null ? String(number) : cells[idAt];
    if (id === '') throw dataFileError(`${file}, row ${number}: the customer is empty; fill it in, or leave --id out.`);
    if (!customers.has(id)) customers.set(id, customers.size);
    customerOf.push(customers.get(id)!);
    rows.push(row);
    context.push(cells.slice(2, 2 + columns.context.length));
  });
  if (customers.size < 2)
    throw dataFileError(`${file} holds rows of one customer only; check --id, or log more of them.`);
  const log = toLog(rows, customerOf);
  assertExperiment(log, file);
  return { log, customers: [...customers.keys()], context };
}

function readRow(cells: readonly string[], columns: ExperimentColumns, where: string): LoggedRow {
  const [arm, reward] = cells;
  const row = { arm, reward: readNumber(reward), propensity: readPropensity(cells, columns, where) };
  const problem = findRowProblem(row);
  if (problem !== null) throw dataFileError(`${where}: ${problem}.`);
  return row;
}

function readPropensity(cells: readonly string[], columns: ExperimentColumns, where: string): number | null {
  if (typeof columns.propensity === 'string') return readNumber(cells[2 + columns.context.length]);
  const share = columns.propensity.get(cells[0]);
  if (share === undefined && cells[0] !== '')
    throw dataFileError(`${where}: the arm "${cells[0]}" is not in --design; name it there with its share.`);
  return share ?? null;
}

function readNumber(text: string): number | null {
  return text === '' ? null : Number(text);
}

function toLog(rows: readonly LoggedRow[], customerOf: readonly number[]): ExperimentLog {
  const arms = [...new Set(rows.map(({ arm }) => arm))].toSorted();
  const positions = new Map(arms.map((arm, position) => [arm, position]));
  return {
    arms,
    arm: Int32Array.from(rows, ({ arm }) => positions.get(arm)!),
    propensity: Float64Array.from(rows, ({ propensity }) => propensity!),
    reward: Float64Array.from(rows, ({ reward }) => reward!),
    customer: Int32Array.from(customerOf),
  };
}

/** More arms than this is most likely a column that holds something else. */
const maxArms = 100;

function assertExperiment(log: ExperimentLog, file: string): void {
  const { arms } = log;
  if (arms.length < 2)
    throw dataFileError(`${file} holds the arm "${arms[0]}" only; without another one there is nothing to compare.`);
  if (arms.length > maxArms)
    throw dataFileError(`${file} holds ${arms.length} arms, at most ${maxArms} are compared; check --arm.`);
  const misfit = propensityMisfit(log);
  if (misfit === null) return;
  throw dataFileError(
    `${file}: by their propensities, the rows of the arm "${misfit.arm}" stand for ${misfit.ratio.toFixed(3)} times the rows of the log instead of once. ` +
      'Either the propensities are not those the arms were drawn with, or some customers could not get this arm; leave those out.',
  );
}
