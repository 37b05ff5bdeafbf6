import { redactSecrets, redacted } from '../telemetry/redact-secrets.ts';
import { knownVariables } from './known-variables.ts';

const secretNames: ReadonlySet<string> = new Set(
  knownVariables.filter((variable) => variable.secret === true).map((variable) => variable.name),
);

/** The configuration as it may be logged: secret variables and credentials in addresses are replaced. */
export function redactConfig(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const known = Object.entries(config).filter(([name]) => secretNames.has(name));
  return {
    ...(redactSecrets(config) as Record<string, unknown>),
    ...Object.fromEntries(known.map(([name, value]) => [name, value === undefined ? undefined : redacted])),
  };
}
