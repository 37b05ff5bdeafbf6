import { posix } from 'node:path';
import type { SourceFile } from '../source-tree.ts';

/** Null, or that a file reads the environment although it is neither a main file nor a script. */
export function checkEnvironment({ path, text }: SourceFile): string | null {
  if (posix.basename(path) === 'main.ts' || !/^(?:services|cli|simulator|models)\//.test(path)) return null;
  const reads = /\bprocess\.env\b|import\s*\{[^}]*\benv\b[^}]*\}\s*from\s*'node:process'/.test(text);
  return reads ? `${path} reads the environment; only main.ts does` : null;
}

/** Null, or that a test is left out or run alone. */
export function checkTestMarks({ path, text }: SourceFile): string | null {
  const mark = /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:skip|only|todo)\b/.exec(text);
  return mark === null ? null : `${path} holds ${mark[0]}: a test runs or does not exist`;
}

// Put together from pieces, so that this file does not name what it looks for.
const hostNames = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['registry', 'npmmirror', 'com'],
  ['npm', 'pkg', 'github', 'com'],
  ['repo1', 'maven', 'org'],
  ['repo', 'maven', 'apache', 'org'],
  ['central', 'sonatype', 'com'],
  ['files', 'pythonhosted', 'org'],
  ['pypi', 'org'],
  ['registry-1', 'docker', 'io'],
  ['ghcr', 'io'],
  ['quay', 'io'],
  ['proxy', 'golang', 'org'],
].map((pieces) => pieces.join('.'));

/** Null, or the package registry a file names: where packages come from is set on the machine, not here. */
export function checkHostNames({ path, text }: SourceFile): string | null {
  const name = hostNames.find((host) => text.includes(host));
  return name === undefined ? null : `${path} names the registry ${name}`;
}
