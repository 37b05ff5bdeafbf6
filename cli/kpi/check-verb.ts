import type { Command } from 'commander';
import { readKpis } from '../../services/platform/runtime/read-kpis.ts';
import type { CliIo } from '../cli-io.ts';

/** `tidewatch kpi check`: whether a file of weights, targets and owners can be used. */
export function addCheckVerb(kpi: Command, io: CliIo): void {
  kpi
    .command('check [file]')
    .description('Check a file of weights, targets and owners; every problem is listed. Nothing is changed.')
    .action((file: string | undefined) => check(file ?? null, io));
}

async function check(file: string | null, io: CliIo): Promise<void> {
  const { version, document } = await readKpis(file);
  const weighed = Object.values(document.kpis).filter(({ weight }) => weight > 0).length;
  io.stdout.write(`${file ?? 'The shipped file'} can be used; its version is ${version}\n`);
  io.stdout.write(
    `${Object.keys(document.kpis).length} KPIs, ${weighed} of them with a weight; profile ${document.profile}\n`,
  );
}
