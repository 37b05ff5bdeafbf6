import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { messageChannels } from '../../services/core/contacts/message-channels.ts';
import { EngineError } from '../../services/core/errors.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import type { PlaybookSurroundings } from '../../services/core/playbooks/find-playbook-problems.ts';
import { placesOf } from '../../services/core/playbooks/places-of.ts';
import { readPlaybooks } from '../../services/platform/runtime/read-playbooks.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';
import { rootDir } from './root-dir.ts';

/** A playbook file before it is checked. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is wrong about it has no type
export type LooseDocument = any;

export const defaultPlaybookText = readFileSync(join(rootDir, 'playbooks/default.yaml'), 'utf8');

/** The playbooks that come with Tidewatch, to be changed at will. */
export function looseDocument(): LooseDocument {
  return parse(defaultPlaybookText) as unknown;
}

/** What the default segments allow playbooks to name. */
export async function playbookSurroundings(): Promise<PlaybookSurroundings> {
  const { document } = await readSegments(null, featureNames);
  return { ...placesOf(document), channels: new Set(messageChannels), webhooks: new Set(['crm']) };
}

/**
 * The problems that a file is refused for, one line each; null where it is taken.
 * @throws whatever is not ERR_PLAYBOOKS_INVALID
 */
export async function problemsOf(
  path: string,
  content: string | LooseDocument,
  around: PlaybookSurroundings,
): Promise<readonly string[] | null> {
  await writeFile(path, typeof content === 'string' ? content : stringify(content, { aliasDuplicateObjects: false }));
  try {
    await readPlaybooks(path, around);
    return null;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'ERR_PLAYBOOKS_INVALID') throw error;
    const [first, ...problems] = error.message.split('\n  - ');
    if (!first?.includes(path)) throw new Error(`the refusal does not name the file: ${first}`, { cause: error });
    return problems;
  }
}
