import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Baseline } from '../../services/core/kpis/evaluation/baseline.ts';
import { usageError } from '../usage-error.ts';

interface SealedBaseline {
  readonly sha256: string;
  readonly baseline: Baseline;
}

/** Writes the baseline once. @throws ERR_USAGE where the file exists: a baseline is frozen for good */
export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  const sealed: SealedBaseline = { sha256: digestOf(baseline), baseline };
  try {
    await writeFile(file, `${JSON.stringify(sealed, null, 2)}\n`, { flag: 'wx', mode: 0o444 });
  } catch (cause) {
    const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    const advice = exists
      ? 'exists; a baseline is frozen once. Compare with it, or name another file with --out.'
      : 'cannot be written; give a file in a directory that exists.';
    throw usageError(`${file} ${advice}`, cause);
  }
}

/** @throws ERR_USAGE where there is none, it is no baseline of this tenant, or it was changed after it was frozen */
export async function readBaseline(file: string, tenant: string): Promise<Baseline> {
  const { sha256, baseline } = parse(file, await readText(file));
  if (digestOf(baseline) !== sha256)
    throw usageError(`${file} was changed after it was frozen; restore it from a copy.`);
  if (baseline.tenant !== tenant) throw usageError(`${file} is the baseline of ${baseline.tenant}, not of ${tenant}; name the right --baseline.`); // prettier-ignore
  return baseline;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw usageError(`${file} cannot be read; freeze a baseline first, or name one with --baseline.`, cause);
  }
}

function parse(file: string, text: string): SealedBaseline {
  try {
    const sealed = JSON.parse(text) as SealedBaseline;
    if (sealed.baseline.format === 1) return sealed;
  } catch {
    // said below
  }
  throw usageError(`${file} is no baseline of this version; name the file that \`kpi baseline freeze\` wrote.`);
}

function digestOf(baseline: Baseline): string {
  return createHash('sha256').update(JSON.stringify(baseline)).digest('hex');
}
