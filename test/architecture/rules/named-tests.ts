/** The test files and folders a document names, such as `test/unit/core/x.test.ts`. */
export function namedTests(text: string): string[] {
  const names = [...text.matchAll(/\btest\/[\w./-]*\w(?:\.test)?\.ts\b/g)].map(([name]) => name);
  return [...new Set(names)];
}
