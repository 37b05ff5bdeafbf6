import type { CliIo } from './cli-io.ts';

/** The option of every verb that works on the installation file. */
export const installationOption = {
  flags: '--file <path>',
  description: 'the installation file (default: TIDEWATCH_INSTALLATION_FILE, or .tidewatch/installation.json)',
} as const;

/** Path of the installation file, as option, variable or default say. */
export function installationPath({ file }: { readonly file?: string }, { env }: CliIo): string {
  return file ?? (env['TIDEWATCH_INSTALLATION_FILE'] || '.tidewatch/installation.json');
}
