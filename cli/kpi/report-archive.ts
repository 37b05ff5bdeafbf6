import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../services/core/errors.ts';

/** What is archived: files by name; `report.json` is what a revision is told by. */
export interface ArchivedFiles {
  readonly 'report.json': string;
  readonly [name: string]: string;
}

export interface ReportPlace {
  readonly directory: string;
  readonly tenant: string;
  /** `2026-10`, `2026-Q3`. */
  readonly period: string;
  /** Key of the report in the plan. */
  readonly report: string;
}

export interface ReportRevision {
  readonly report: string;
  readonly period: string;
  /** From 1. */
  readonly revision: number;
  /** SHA-256 of report.json as it was written. */
  readonly sha256: string;
  /** ISO 8601. */
  readonly archivedAt: string;
  /** Whether every file still is what was written. */
  readonly isIntact: boolean;
}

interface Seal {
  readonly archivedAt: string;
  readonly files: Readonly<Record<string, string>>;
}

const sealFile = 'seal.json';
const folder = /^r(\d+)$/;

/**
 * Archives a report. One that says what the latest revision says is not written again; another one becomes a new revision
 * beside it. Nothing that was written is ever written to again.
 * @returns the revision, and whether it is new
 */
export async function archiveReport(
  place: ReportPlace,
  files: ArchivedFiles,
  archivedAt: string,
): Promise<ReportRevision & { readonly isNew: boolean }> {
  const home = homeOf(place);
  await mkdir(home, { recursive: true });
  const last = (await listRevisions(place)).at(-1);
  const sha256 = digestOf(files['report.json']);
  if (last?.sha256 === sha256 && last.isIntact) return { ...last, isNew: false };
  const revision = (last?.revision ?? 0) + 1;
  const work = await mkdtemp(join(home, 'writing-'));
  try {
    const seal: Seal = { archivedAt, files: mapValues(files, digestOf) };
    for (const [name, text] of Object.entries({ ...files, [sealFile]: `${JSON.stringify(seal, null, 2)}\n` })) {
      await writeFile(join(work, name), text, { flag: 'wx', mode: 0o444 });
    }
    await chmod(work, 0o755);
    await moveInto(work, join(home, `r${revision}`));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return { report: place.report, period: place.period, revision, sha256, archivedAt, isIntact: true, isNew: true };
}

/** A rename on a folder that holds files fails, so the first of two writers wins. */
async function moveInto(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause) {
    throw new EngineError('ERR_USAGE', `${to} cannot be written; somebody else archives there, or it is protected. Try again.`, { retryable: false, cause }); // prettier-ignore
  }
}

/** Revisions of one report of one period, the oldest first; none where nothing was archived. */
async function listRevisions(place: ReportPlace): Promise<readonly ReportRevision[]> {
  const home = homeOf(place);
  const { period, report } = place;
  const numbers = (await namesIn(home)).flatMap((name) => {
    const found = folder.exec(name);
    return found === null ? [] : [Number(found[1])];
  });
  return Promise.all(
    numbers
      .sort((a, b) => a - b)
      .map(async (revision) => ({ report, period, revision, ...(await readSeal(join(home, `r${revision}`))) })),
  );
}

/** All that is archived of a tenant, in the order of the names of periods and reports. */
export async function listArchive(directory: string, tenant: string): Promise<readonly ReportRevision[]> {
  const home = join(directory, tenant);
  const places: ReportPlace[] = [];
  for (const period of (await namesIn(home)).sort()) {
    for (const report of (await namesIn(join(home, period))).sort()) places.push({ directory, tenant, period, report });
  }
  return (await Promise.all(places.map(listRevisions))).flat();
}

function homeOf({ directory, tenant, period, report }: ReportPlace): string {
  return join(directory, tenant, period, report);
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function readSeal(path: string): Promise<Pick<ReportRevision, 'sha256' | 'archivedAt' | 'isIntact'>> {
  try {
    const { archivedAt, files } = JSON.parse(await readFile(join(path, sealFile), 'utf8')) as Seal;
    const held = await Promise.all(
      Object.entries(files).map(
        async ([name, digest]) => digestOf(await readFile(join(path, name), 'utf8')) === digest,
      ),
    );
    return {
      sha256: files['report.json'] ?? '',
      archivedAt,
      isIntact: Object.hasOwn(files, 'report.json') && held.every(Boolean),
    };
  } catch {
    return { sha256: '', archivedAt: '', isIntact: false };
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function mapValues(files: ArchivedFiles, map: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, map(text)]));
}
