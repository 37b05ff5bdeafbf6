import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process that can be recognised again: a pid alone may have been given to somebody else meanwhile. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever form the system tells it; equal for the same process only. */
  readonly startedAt: string;
}

const run = promisify(execFile);

/** Null when there is no such process (or only its remains, which nothing can be done to). */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | null> {
  const startedAt = process.platform === 'linux' ? await readStartFromProc(pid) : await readStartFromPs(pid);
  return startedAt === null ? null : { pid, startedAt };
}

export async function isSameProcess(identity: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(identity.pid);
  return now?.startedAt === identity.startedAt;
}

/** Field 22 of /proc/PID/stat counts from the boot, so the boot belongs to it. */
async function readStartFromProc(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return readStartTicks(stat, boot.trim());
}

/** The command name (field 2) may hold blanks and brackets, so the fields are counted from its last bracket. */
export function readStartTicks(stat: string, boot: string): string | null {
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields[18];
  if (ticks === undefined || state === 'Z' || state === 'X') return null;
  return `${boot}:${ticks}`;
}

async function readStartFromPs(pid: number): Promise<string | null> {
  try {
    const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      env: { ...process.env, LC_ALL: 'C' },
    });
    const text = stdout.trim();
    return text === '' || text.startsWith('Z') ? null : text.replace(/^\S+\s+/, '');
  } catch {
    return null;
  }
}
