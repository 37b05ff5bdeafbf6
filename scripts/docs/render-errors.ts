import { errorRegistry } from '../../services/core/errors.ts';

const heading = `# Errors

Every fault the engine can name. The code stands in log entries, in problem bodies and as a metric label.

<!-- Written by \`npm run docs:generate\` from services/core/errors.ts; do not edit by hand. -->
`;

/** The error reference. The groups are the comments between the codes in the registry's source. */
export function renderErrors(source: string): string {
  const lines: string[] = [heading];
  for (const line of source.split('\n')) {
    const group = /^ {2}\/\/ (.+)$/.exec(line)?.[1];
    const code = /^ {2}(ERR_[A-Z_]+):/.exec(line)?.[1] as keyof typeof errorRegistry | undefined;
    if (group !== undefined)
      lines.push('', `## ${group[0]?.toUpperCase()}${group.slice(1)}`, '', '| code | meaning |', '|---|---|');
    if (code !== undefined) lines.push(`| \`${code}\` | ${errorRegistry[code]} |`);
  }
  return `${lines.join('\n')}\n`;
}
