import { basename, dirname, resolve } from 'node:path';
import { trainDayOne } from '../models/training/day-one/train-day-one.ts';
import type { DayOneRequest } from '../models/training/day-one/day-one-request.ts';
import { writeDayOne } from '../models/training/day-one/write-day-one.ts';
import { assertFreeDirectory } from '../models/training/write-artefact.ts';
import { currencyExponent, minorPerMajor } from '../services/core/events/money.ts';
import type { CliIo } from './cli-io.ts';
import { readNetOptions, type NetOptions } from './net-options.ts';
import { readDay, readWhole } from './read-options.ts';
import { readOrderFile } from './read-order-file.ts';
import { usageError } from './usage-error.ts';

export interface DayOneOptions extends NetOptions {
  readonly shops: string;
  readonly out?: string;
  readonly orders?: string;
  readonly until?: string;
  readonly map: string;
  readonly overwrite: boolean;
}

/** `tidewatch train --day-one`: simulated shops, and the orders of a real one where given, in; a model for any shop out. */
export async function trainForAnyShop(options: DayOneOptions, io: CliIo): Promise<void> {
  const { orders, until } = options;
  if (options.out === undefined) throw usageError('Say with --out DIR where the model goes.');
  if (orders !== undefined && until === undefined) {
    throw usageError('Say with --until YYYY-MM-DD which day is the first not looked at.');
  }
  const { progress, ...net } = readNetOptions(options, io);
  await assertFreeDirectory(options.out, options.overwrite);
  const exponent = currencyExponent(net.currency) ?? 2;
  const request: DayOneRequest = {
    ...net,
    progress,
    shops: readWhole('--shops', options.shops, [10, 5000]),
    until: until === undefined ? 0 : readDay('--until', until),
    real:
      orders === undefined
        ? null
        : {
            source: basename(orders),
            orders: await readOrderFile({ ...options, orders }, (text) => progress.say(text)),
            minorPerMajor: minorPerMajor(exponent),
          },
  };
  const trained = await trainDayOne(request);
  const out = resolve(options.out);
  const label = {
    name: basename(dirname(out)),
    version: basename(out),
    source: request.real?.source ?? 'simulated shops',
  };
  await writeDayOne(out, trained, { label: { ...label, command: commandLine(options) }, request });
  const { shops, difference } = trained.judgement;
  const { value, low, high } = difference.auc;
  io.stdout.write(
    `Model ${label.name}/${label.version} written to ${options.out}\n` +
      `On ${shops} simulated shops it had not seen: AUC ${value.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}] above a BG/NBD fitted on each\n`,
  );
}

function commandLine({
  orders,
  until,
  map,
  timezone,
  currency,
  shops,
  seeds,
  epochs,
  seed,
  backend,
  out,
}: DayOneOptions): string {
  const full = resolve(out ?? '');
  const from =
    orders === undefined
      ? ''
      : ` --orders ${basename(orders)} --until ${until} --map ${map || "''"} --timezone ${timezone} --currency ${currency}`;
  return (
    `npm run tidewatch -- train --day-one --shops ${shops}${from} \\\n` +
    `  --seeds ${seeds} --epochs ${epochs} --seed ${seed} --backend ${backend} --out models/${basename(dirname(full))}/${basename(full)}`
  );
}
