import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { chooseArm, type ChosenArm } from '../../services/core/actions/choose-arm.ts';
import type { PolicyDocument } from '../../models/policy/policy-document.ts';
import { readColumns } from '../../models/files/read-columns.ts';
import { readPolicy } from '../../models/policy/read-policy.ts';
import { dataFileError } from '../../models/training/data-file-error.ts';
import type { CliIo } from '../cli-io.ts';
import { csvLine } from '../csv-line.ts';

interface ChooseOptions {
  readonly policy: string;
  readonly customers: string;
  readonly id: string;
  readonly out: string;
}

/** `tidewatch policy choose`: the next best action of each customer of a file. */
export function addChooseVerb(policy: Command, io: CliIo): void {
  policy
    .command('choose')
    .description('Write the action that a policy takes for each customer of a file, with what speaks for it.')
    .requiredOption('--policy <file>', 'policy file')
    .requiredOption('--customers <file>', 'CSV file (.gz as well) with the context columns of the policy')
    .requiredOption('--id <column>', 'column of the customer')
    .requiredOption('--out <file>', 'CSV file to write')
    .action((options: ChooseOptions) => choose(options, io));
}

async function choose({ policy, customers, id, out }: ChooseOptions, io: CliIo): Promise<void> {
  const document = await readPolicy(policy);
  const context = document.perCustomer === null ? [] : document.context;
  const lines = [csvLine(['customer_id', 'action', 'expected_gain', 'reason'])];
  const counts = new Map<string, number>();
  await readColumns(customers, [id, ...context], ([customer, ...cells], row) => {
    if (customer === '') throw dataFileError(`${customers}, row ${row}: the customer is empty; fill it in.`);
    const chosen = chooseArm(document, cells);
    counts.set(chosen.arm, (counts.get(chosen.arm) ?? 0) + 1);
    lines.push(csvLine([customer, chosen.arm, chosen.gain.toFixed(6), reasonOf(document, chosen)]));
  });
  await pipeline(lines, createWriteStream(out)).catch((error: unknown) => {
    throw dataFileError(`${out} cannot be written (${(error as Error).message}); check --out.`, error);
  });
  const shown = [...counts].map(([arm, count]) => `${count} "${arm}"`).join(', ');
  io.stdout.write(`${lines.length - 1} customers written to ${out}: ${shown}\n`);
}

function reasonOf({ perCustomer, bestArm, learnt }: PolicyDocument, { arm }: ChosenArm): string {
  if (perCustomer === null) return `best for all; choosing per customer was not better on ${learnt.rows} logged rows`;
  return arm === bestArm
    ? 'best for all, and for customers like this one'
    : `more ${learnt.reward} than by "${bestArm}" expected`;
}
