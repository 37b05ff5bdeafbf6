import type { Command } from 'commander';
import { describePromotion } from '../../services/platform/runtime/describe-promotion.ts';
import { readPromotion, writePromotion } from '../../services/platform/runtime/promotion-file.ts';
import { readArtefact } from '../../services/platform/tensorflow/read-artefact.ts';
import type { CliIo } from '../cli-io.ts';
import { usageError } from '../usage-error.ts';

interface PromoteOptions {
  readonly model: string;
  readonly force?: string;
}

/** `tidewatch promote`: tells how a model compared with the one before it, or lets a held one into service. */
export function addPromoteVerb(program: Command, io: CliIo, finish: (code: number) => void): void {
  program
    .command('promote')
    .description('Say whether a model may go into service, or let one that is held back in, with a reason.')
    .requiredOption('--model <dir>', 'model directory')
    .option('--force <reason>', 'let it into service although it is worse; the reason is recorded with it')
    .action((options: PromoteOptions) => promote(options, io, finish));
}

async function promote({ model, force }: PromoteOptions, io: CliIo, finish: (code: number) => void): Promise<void> {
  if (force?.trim() === '') throw usageError('--force needs a reason, for whoever asks why this model is in service.');
  const { manifest } = await readArtefact(model);
  const name = `${manifest.name}/${manifest.version}`;
  const promotion = await readPromotion(model);
  if (promotion === null)
    return void io.stdout.write(`${name} was compared with no other model; it may go into service.\n`);
  const isForced = force !== undefined && !promotion.promoted;
  const now = isForced ? { ...promotion, promoted: true, forced: force } : promotion;
  if (isForced) await writePromotion(model, now);
  const verdict = now.promoted ? 'may go into service' : 'is held back';
  io.stdout.write(`${name} ${verdict}: ${describePromotion(now)}\n`);
  if (!now.promoted) finish(1);
}
