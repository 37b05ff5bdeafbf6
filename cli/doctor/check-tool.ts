import { execFile } from 'node:child_process';
import type { CliIo } from '../cli-io.ts';
import type { Finding } from './finding.ts';

export interface ToolCheck {
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Finds the version in what the tool prints; its first group is the major version. */
  readonly pattern: RegExp;
  readonly oldest: number;
}

export const java: ToolCheck = {
  what: 'Java',
  command: 'java',
  args: ['-version'],
  pattern: /version "(\d+)/,
  oldest: 17,
};
export const maven: ToolCheck = {
  what: 'Maven',
  command: 'mvn',
  args: ['-v'],
  pattern: /Apache Maven (\d+)/,
  oldest: 3,
};

const limitMs = 20_000;

/** Whether a tool that the local stack is built with is there and new enough. */
export async function checkTool(tool: ToolCheck, env: CliIo['env']): Promise<Finding> {
  const { what, command, pattern, oldest } = tool;
  const printed = await run(tool, env);
  const advice = `install ${what} ${oldest} or newer, or set KAFKA_BROKERS, SCHEMA_REGISTRY_URL and REDIS_URL to a running stack`;
  if (printed === null) return { result: 'fault', what, detail: `"${command}" cannot be run`, advice };
  const major = Number(pattern.exec(printed)?.[1] ?? NaN);
  if (major >= oldest) return { result: 'ok', what, detail: String(major) };
  const found = Number.isNaN(major) ? 'does not say its version' : `has version ${major}, which is too old`;
  return { result: 'fault', what, detail: `"${command}" ${found}`, advice };
}

function run({ command, args }: ToolCheck, env: CliIo['env']): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(command, [...args], { timeout: limitMs, env: { ...env } }, (error, stdout, stderr) => {
      resolve(error === null ? `${stdout}\n${stderr}` : null);
    });
  });
}
