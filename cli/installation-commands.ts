import type { Command } from 'commander';
import { installationOption } from './installation-option.ts';

/** Adds commands to a verb that reads or changes the installation file; each can name it, and print JSON. */
export function installationCommands(verb: Command): (call: string, text: string) => Command {
  return (call, text) =>
    verb
      .command(call)
      .description(text)
      .option(installationOption.flags, installationOption.description)
      .option('--json', 'print JSON', false);
}
