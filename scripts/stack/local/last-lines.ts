import { readFile } from 'node:fs/promises';

/** The end of a log, for a message; empty when there is none. */
export async function readLastLines(path: string, count = 15): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
