import { posix } from 'node:path';

const drawers = new Set(['utils', 'util', 'helpers', 'helper', 'types', 'interfaces', 'common', 'misc']);

/** Null, or what is wrong with the name of a TypeScript file or of a folder on its way. */
export function checkFileName(path: string): string | null {
  const folders = posix.dirname(path).split('/');
  const stem = posix.basename(path).replace(/(?:\.test|\.config)?\.ts$/, '');
  if (stem === 'index') return `${path}: there are no barrel files`;
  const drawer = [...folders, stem].find((name) => drawers.has(name));
  if (drawer !== undefined) return `${path}: "${drawer}" says nothing about what is in it`;
  return /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(stem) ? null : `${path}: files are named in kebab-case`;
}
