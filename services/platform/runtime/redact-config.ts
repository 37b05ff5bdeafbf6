import { redactSecrets, redacted } from '../telemetry/redact-secrets.ts';
import { knownVariables } from './known-variables.ts';

const secretNames: ReadonlySet<string> = new Set(
  knownVariables.filter((variable) => variable.secret === true).map((variable) => variable.name),
);

/** The configuration as it may be logged: secret variables and credentials in addresses are replaced. */
export function redactConfig(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(config).map(([name, value]) => [
    name,
    secretNames.has(name) && value !== undefined && value !== null ? redacted : redactSecrets(value),
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}
