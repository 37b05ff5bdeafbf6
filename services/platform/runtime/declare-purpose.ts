import { EngineError } from '../../core/errors.ts';
import { legalBases } from '../../core/events/legal-bases.ts';
import type { InstallationFile, TenantEntry, WriteKeyEntry } from './installation-file.ts';
import type { Updated } from './update-installation.ts';

/** What the data of a source is used for, and why it may be; both null where nobody has said. */
export type DeclaredPurpose = Pick<WriteKeyEntry, 'purpose' | 'legalBasis'>;

/**
 * The purpose of a new key: the one given, else that of the other keys of its source.
 * @throws ERR_USAGE when there is neither, saying what to do
 */
export function requirePurpose(
  { writeKeys }: TenantEntry,
  source: string,
  { purpose, legalBasis }: DeclaredPurpose,
): DeclaredPurpose {
  if (purpose !== null && legalBasis !== null) return { purpose, legalBasis };
  const known = writeKeys.findLast((each) => each.source === source && each.purpose !== null);
  if (known !== undefined && purpose === null && legalBasis === null) {
    return { purpose: known.purpose, legalBasis: known.legalBasis };
  }
  throw new EngineError(
    'ERR_USAGE',
    `The source "${source}" is off until it has a purpose and a legal basis: say what its data is used for with ` +
      `--purpose "…", and on what ground with --legal-basis (${legalBases.join(', ')}).`,
    { retryable: false },
  );
}

/** Declares the purpose of a source with all of its keys, those that have ended included. @param id of any of them */
export function declarePurpose(
  file: InstallationFile,
  id: string,
  declared: DeclaredPurpose,
): Updated<{ readonly tenant: string; readonly source: string; readonly keys: number }> {
  const tenant = file.tenants.find(({ writeKeys }) => writeKeys.some((each) => each.id === id));
  const source = tenant?.writeKeys.find((each) => each.id === id)?.source;
  if (tenant === undefined || source === undefined) {
    const message = `there is no write key with the id "${id}"; "tidewatch key list" shows them`;
    throw new EngineError('ERR_USAGE', message, { retryable: false });
  }
  const writeKeys = tenant.writeKeys.map((each) => (each.source === source ? { ...each, ...declared } : each));
  const tenants = file.tenants.map((each) => (each === tenant ? { ...tenant, writeKeys } : each));
  const keys = writeKeys.filter((each) => each.source === source).length;
  return { file: { ...file, tenants }, result: { tenant: tenant.id, source, keys } };
}
