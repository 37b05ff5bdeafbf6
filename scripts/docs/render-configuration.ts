import type { KnownVariable } from '../../services/platform/runtime/known-variable.ts';
import { knownVariables } from '../../services/platform/runtime/known-variables.ts';

const heading = `# Configuration

Every environment variable the product reads. A service checks all of them at its start, reports every problem at once
and ends with exit code 78; an unknown \`TIDEWATCH_*\` variable is refused with the nearest known name.

<!-- Written by \`npm run docs:generate\` from services/platform/runtime/known-variables.ts; do not edit by hand. -->

| variable | read by | default | meaning |
|---|---|---|---|
`;

export function renderConfiguration(): string {
  return `${heading}${knownVariables.map(renderRow).join('\n')}\n`;
}

function renderRow(variable: KnownVariable): string {
  const readBy = variable.readBy.join(', ');
  const meaning = `${variable.description}${variable.secret === true ? ' Secret: printed as `[redacted]`.' : ''}`;
  return `| \`${variable.name}\` | ${readBy} | ${renderDefault(variable.default)} | ${meaning.replaceAll('|', '\\|')} |`;
}

function renderDefault(value: string | null): string {
  if (value === null) return 'none';
  return value === '' ? 'empty' : `\`${value}\``;
}
