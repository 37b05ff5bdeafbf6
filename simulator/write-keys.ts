import { readFile } from 'node:fs/promises';
import { EngineError } from '../services/core/errors.ts';
import { demoSources } from './customer.ts';
import type { WriteKeys } from './segment-sender.ts';

/**
 * Reads one write key per source of the demo business, from a file or from JSON text. Keys never travel on the command
 * line, where every user of the machine could read them.
 */
export async function readWriteKeys(file: string | undefined, json: string | undefined): Promise<WriteKeys> {
  const origin = file ?? 'TIDEWATCH_WRITE_KEYS';
  const text = file === undefined ? json : await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined || text === '') {
    throw invalid(`no write keys: ${origin} is ${file === undefined ? 'not set' : 'not readable'}`);
  }
  const keys = parse(text, origin);
  const missing = demoSources.filter((source) => typeof keys[source] !== 'string' || keys[source] === '');
  if (missing.length > 0) throw invalid(`${origin} has no write key for: ${missing.join(', ')}`);
  return keys as WriteKeys;
}

function parse(text: string, origin: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, without quoting the text: it holds secrets.
  }
  throw invalid(`${origin} is not a JSON object of source and write key`);
}

function invalid(what: string): EngineError {
  const advice = `give {${demoSources.map((source) => `"${source}": "…"`).join(', ')}} : "tidewatch key create" makes them, and \`npm start\` keeps its own in write-keys.json`;
  return new EngineError('ERR_CONFIG_INVALID', `The simulator cannot send: ${what}; ${advice}.`, { retryable: false });
}
