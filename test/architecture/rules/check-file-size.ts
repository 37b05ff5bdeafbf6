import type { SourceFile } from '../source-tree.ts';

const ceilings = { source: 400, test: 500, main: 40 } as const;

/** Null, or by how much a file is too long. */
export function checkFileSize(file: SourceFile): string | null {
  const lines = countLines(file.text);
  const ceiling = ceilings[kindOf(file.path)];
  return lines <= ceiling ? null : `${file.path} has ${lines} lines; at most ${ceiling} are allowed`;
}

function kindOf(path: string): keyof typeof ceilings {
  if (path.startsWith('test/')) return 'test';
  return /^services\/[^/]+\/main\.ts$/.test(path) ? 'main' : 'source';
}

export function medianLines(files: readonly SourceFile[]): number {
  const sizes = files.map(({ text }) => countLines(text)).toSorted((a, b) => a - b);
  return sizes[Math.floor(sizes.length / 2)] ?? 0;
}

function countLines(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}
