import { readFile } from 'node:fs/promises';
import { EngineError } from '../services/core/errors.ts';

const texts = [
  'tenant',
  'topicPrefix',
  'kafka',
  'schemaRegistry',
  'redis',
  'ingest',
  'alerts',
  'writeKey',
  'adminToken',
] as const;

/** What a local `npm start` that is running has written down, as far as verbs need it. */
export type LocalRun = Readonly<Partial<Record<(typeof texts)[number], string>>>;

/**
 * Reads run.json.
 * @returns null where there is none: nothing runs
 * @throws ERR_CONFIG_INVALID where there is one that cannot be read: what runs there is not guessed
 */
export async function readLocalRun(path: string): Promise<LocalRun | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unusable(path, 'cannot be read', cause);
  }
  const json = parse(path, text);
  return Object.fromEntries(
    texts.flatMap((name) => {
      const value = json[name];
      if (value === undefined || value === null) return [];
      if (typeof value !== 'string') throw unusable(path, `has a "${name}" that is no text`);
      return [[name, value]];
    }),
  );
}

function parse(path: string, text: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  } catch (cause) {
    throw unusable(path, 'is no JSON file', cause);
  }
  throw unusable(path, 'holds no JSON object');
}

function unusable(path: string, what: string, cause?: unknown): EngineError {
  const message = `${path} ${what}; remove it if nothing runs, or start \`npm start\` again.`;
  return new EngineError('ERR_CONFIG_INVALID', message, { retryable: false, context: { path }, cause });
}
