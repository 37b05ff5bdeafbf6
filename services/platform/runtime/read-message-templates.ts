import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { messageVariableNames } from '../../core/deliveries/message-variables.ts';
import { type MessageTemplate, variablesOf } from '../../core/deliveries/render-message.ts';
import { EngineError } from '../../core/errors.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';

export interface MessageTemplates {
  readonly default: MessageTemplate;
  /** By the id of the playbook whose words they are. */
  readonly playbooks: Readonly<Record<string, MessageTemplate>>;
}

const shipped = fileURLToPath(new URL('../../../templates/messages.yaml', import.meta.url));

const wording = z.strictObject({
  subject: z.string().min(1).max(200, 'may have 200 characters'),
  text: z.string().min(1),
  html: z.string().min(1),
});
const template = z.strictObject({ en: wording, zhCN: wording });
const schema = z.strictObject({
  format: z.literal(1),
  default: template,
  playbooks: z.record(z.string(), template).default({}),
});

/**
 * Reads a file of message templates.
 * @param path null for the one that comes with Tidewatch
 * @param links names that the delivery file gives to pages
 * @throws EngineError ERR_DELIVERY_INVALID, also for a variable that nobody fills
 */
export async function readMessageTemplates(path: string | null, links: readonly string[]): Promise<MessageTemplates> {
  const file = path ?? shipped;
  const { value } = await readCheckedYaml(file, schema, templatesError);
  const known = new Set<string>([...messageVariableNames, ...links.map((name) => `link.${name}`)]);
  const all = [['default', value.default] as const, ...Object.entries(value.playbooks)];
  const problems = all.flatMap(([name, each]) =>
    [...variablesOf(each)]
      .filter((variable) => !known.has(variable))
      .map((variable) => `${name}: nothing fills {{${variable}}}; there are ${[...known].join(', ')}`),
  );
  if (problems.length > 0) throw templatesError(file, problems);
  return value;
}

function templatesError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the message templates ${path} cannot be used; correct them:${list}`;
  return new EngineError('ERR_DELIVERY_INVALID', message, { retryable: false, context: { path }, cause });
}
