import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** One file of the checkout; the path is relative to its top, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export const checkoutRoot = resolve(import.meta.dirname, '..', '..');

const notOurs = new Set(['node_modules', '.git', '.tidewatch', 'coverage']);
const binary = /\.(?:bin|gz|png|jpg|jpeg|ico|woff2?|zip|jar|wasm|avro)$/;

/** Every text file of the checkout. */
export function readTree(): SourceFile[] {
  return listFiles(checkoutRoot)
    .filter((path) => !binary.test(path))
    .map((path) => ({ path: relative(checkoutRoot, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
}

/** The TypeScript files below the given folders. */
export function readCode(...folders: readonly string[]): SourceFile[] {
  return readTree().filter(
    ({ path }) => path.endsWith('.ts') && folders.some((folder) => path.startsWith(`${folder}/`)),
  );
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}
