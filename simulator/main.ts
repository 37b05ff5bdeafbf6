import { simulate } from './simulate.ts';
import { createSimulatorCommand } from './simulator-arguments.ts';

const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.on('SIGINT', () => stop.abort());
// The parent's channel closes when the parent dies, however it dies.
process.on('disconnect', () => stop.abort());
if (process.connected === false) stop.abort();

const command = createSimulatorCommand(async (options) => {
  const summary = await simulate(options, {
    writeKeysJson: process.env['TIDEWATCH_WRITE_KEYS'],
    signal: stop.signal,
    onProgress: (progress) => process.connected && process.send?.({ type: 'progress', progress }, () => undefined),
  });
  process.stdout.write(`${JSON.stringify({ ...summary, openMessageIds: summary.openMessageIds.length })}\n`);
});

try {
  await command.parseAsync();
  // A client's idle connection must not keep a finished process alive.
  process.exit(0);
} catch (error) {
  const { message, code } = error as { message: string; code?: string };
  process.stderr.write(`${message}\n`);
  process.exit(code === 'ERR_CONFIG_INVALID' ? 78 : 1);
}
