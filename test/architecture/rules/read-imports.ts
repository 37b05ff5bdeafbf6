import { posix } from 'node:path';
import type { SourceFile } from '../source-tree.ts';

export interface ImportLine {
  /** As written: `./x.ts`, `node:fs`, `kafkajs`. */
  readonly specifier: string;
  /** Path in the checkout, for an import of one of our own files. */
  readonly target: string | null;
  /** Package name without a path inside it, for an import of a library. */
  readonly library: string | null;
  /** Whether only types are taken, which leaves nothing at run time. */
  readonly isTypeOnly: boolean;
}

const statement = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
const commonJs = /\brequire\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import of a file, found by regular expression: no compiler is needed, so none can break it. */
export function readImports({ path, text }: SourceFile): ImportLine[] {
  const statements = [...text.matchAll(statement)].map((match) => ({
    specifier: match[2] ?? '',
    isTypeOnly: match[1] !== undefined,
  }));
  const calls = [...text.matchAll(dynamic), ...text.matchAll(commonJs)].map((match) => ({
    specifier: match[1] ?? '',
    isTypeOnly: false,
  }));
  return [...statements, ...calls].map((line) => ({ ...line, ...locate(path, line.specifier) }));
}

function locate(from: string, specifier: string): Pick<ImportLine, 'target' | 'library'> {
  if (specifier.startsWith('.')) return { target: posix.join(posix.dirname(from), specifier), library: null };
  if (specifier.startsWith('node:')) return { target: null, library: null };
  const depth = specifier.startsWith('@') ? 2 : 1;
  return { target: null, library: specifier.split('/').slice(0, depth).join('/') };
}
