import type { DlqClient, Letter } from './dlq-client.ts';

const pageSize = 500;

/** All letters of a filter, the newest first; pages are asked for until there are no more, or enough. */
export async function collectLetters(
  client: Pick<DlqClient, 'list'>,
  query: Readonly<Record<string, string>>,
  most: number,
): Promise<{ readonly letters: readonly Letter[]; readonly isAll: boolean }> {
  const letters: Letter[] = [];
  let cursor: string | null = null;
  do {
    const limit = String(Math.min(pageSize, most - letters.length));
    const page = await client.list({ ...query, limit, ...(cursor === null ? {} : { cursor }) });
    letters.push(...page.letters);
    cursor = page.cursor;
  } while (cursor !== null && letters.length < most);
  return { letters, isAll: cursor === null };
}
