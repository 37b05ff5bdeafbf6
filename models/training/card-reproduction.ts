import type { ModelLabel } from './model-label.ts';

/** The part of a card that says how to make the model again. */
export function cardReproduction({ command }: Pick<ModelLabel, 'command'>): string {
  return `## Make it again

\`\`\`
${command}
\`\`\`

The same orders, options and backend give the same bytes.
`;
}
