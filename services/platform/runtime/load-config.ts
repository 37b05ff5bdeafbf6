import type { z } from 'zod';
import { EngineError } from '../../core/errors.ts';
import { knownVariables } from './known-variables.ts';
import { nearestName } from './nearest-name.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const prefix = 'TIDEWATCH_';
const knownNames: readonly string[] = knownVariables.map((variable) => variable.name);

/**
 * Reads a service's configuration. Variables of other services are ignored; an unknown `TIDEWATCH_*` is refused, so
 * that a typo fails loudly. An empty variable counts as not set. Every problem is reported in one ERR_CONFIG_INVALID.
 * @param schema object schema whose keys are the names of environment variables
 * @param env the process environment
 * @returns the frozen configuration, with defaults filled in
 */
export function loadConfig<S extends z.ZodObject>(schema: S, env: Environment): Readonly<z.output<S>> {
  const wanted = Object.keys(schema.shape);
  const entries = wanted
    .map((name) => [name, env[name]] as const)
    .filter(([, value]) => value !== undefined && value !== '');
  const result = schema.safeParse(Object.fromEntries(entries));
  const problems = [...unknownVariables(env, wanted), ...(result.success ? [] : describeIssues(result.error, env))];
  if (result.success && problems.length === 0) return deepFreeze(result.data);
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const advice =
    '\nCorrect these environment variables and start again; docs/reference/configuration.md lists them all.';
  throw new EngineError('ERR_CONFIG_INVALID', `the configuration has ${count(problems.length)}:${list}${advice}`, {
    retryable: false,
    context: { problems: problems.length },
  });
}

function unknownVariables(env: Environment, wanted: readonly string[]): string[] {
  const names = [...new Set([...knownNames, ...wanted])];
  return Object.keys(env)
    .filter((name) => name.startsWith(prefix) && !names.includes(name))
    .map((name) => {
      const nearest = nearestName(name, names);
      return `${name} is not a variable of Tidewatch${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
    });
}

function describeIssues(error: z.ZodError, env: Environment): string[] {
  return error.issues.map((issue) => {
    const name = String(issue.path[0] ?? '');
    const value = env[name];
    if (name === '') return issue.message;
    if (value === undefined || value === '') return `${name} must be set${describeVariable(name)}`;
    const shown = isSecret(name) ? '' : ` (it is ${JSON.stringify(value)})`;
    return `${name} ${issue.message}${shown}`;
  });
}

function describeVariable(name: string): string {
  const known = knownVariables.find((variable) => variable.name === name);
  return known === undefined ? '' : `: ${known.description}`;
}

function isSecret(name: string): boolean {
  return name.endsWith('_URL') || knownVariables.some((variable) => variable.name === name && variable.secret === true);
}

function count(problems: number): string {
  return problems === 1 ? 'one problem' : `${problems} problems`;
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const field of Object.values(value)) deepFreeze(field);
  }
  return value;
}
