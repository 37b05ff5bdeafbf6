import process from 'node:process';
import type { Command } from 'commander';
import type { CliIo } from '../cli-io.ts';
import { checkInstallation } from '../doctor/check-installation.ts';
import { checkModel } from '../doctor/check-model.ts';
import { checkNode } from '../doctor/check-node.ts';
import { checkStack, namesStack } from '../doctor/check-stack.ts';
import { checkTool, java, maven } from '../doctor/check-tool.ts';
import type { Finding } from '../doctor/finding.ts';

/** `tidewatch doctor`: one line per thing that has to be right; ends with 1 when one is not. */
export function addDoctorVerb(program: Command, io: CliIo, finish: (exitCode: number) => void): void {
  program
    .command('doctor')
    .description('Check what this installation needs, line by line, with what to do about each fault.')
    .action(async () => {
      const findings = await examine(io);
      io.stdout.write(findings.map(describe).join(''));
      finish(findings.some((finding) => finding.result === 'fault') ? 1 : 0);
    });
}

async function examine({ env }: CliIo): Promise<Finding[]> {
  const stack = namesStack(env) ? checkStack(env) : Promise.all([checkTool(java, env), checkTool(maven, env)]);
  return [
    checkNode(process.version),
    ...(await stack),
    ...(await Promise.all([checkInstallation(env), checkModel(env)])),
  ];
}

function describe(finding: Finding): string {
  const line = `${finding.result.padEnd(5)}  ${finding.what}: ${finding.detail}\n`;
  return finding.result === 'ok' ? line : `${line}       -> ${finding.advice}\n`;
}
