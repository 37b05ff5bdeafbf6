import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import type { z } from 'zod';

export interface CheckedYaml<T> {
  readonly text: string;
  readonly value: T;
}

/** Makes the fault of the caller's own code out of every problem found. */
export type YamlFault = (path: string, problems: readonly string[], cause?: unknown) => Error;

/** Reads a YAML file and checks it against its schema; problems begin with the place in the file. */
export async function readCheckedYaml<T>(
  path: string,
  schema: z.ZodType<T>,
  toFault: YamlFault,
): Promise<CheckedYaml<T>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw toFault(path, [missing ? 'the file does not exist' : 'the file cannot be read'], cause);
  }
  const result = schema.safeParse(parseYaml(path, text, toFault));
  if (!result.success) throw toFault(path, result.error.issues.map(describeIssue));
  return { text, value: result.data };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return `${issue.path.join('.') || 'file'}: ${message}`;
}

function parseYaml(path: string, text: string, toFault: YamlFault): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw toFault(path, ['the file is no YAML that can be read'], cause);
    throw toFault(path, [cause.message.split('\n', 1)[0].replace(/:$/, '')], cause);
  }
}
