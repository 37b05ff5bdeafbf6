// npm start: brings everything up, sends events, and on the way down checks the books.
import { env, stdout } from 'node:process';
import { runScript } from '../run-script.ts';
import { startStack } from '../stack/start-stack.ts';
import { runStart } from './run-start.ts';
import { createScreen } from './screen/screen.ts';
import { parseStartArguments } from './start-arguments.ts';

await runScript(async () => {
  const parsed = parseStartArguments(process.argv.slice(2));
  if ('help' in parsed) {
    stdout.write(parsed.help);
    return 0;
  }
  return await runStart({ arguments: parsed.run, env, screen: createScreen(stdout), startStack });
});
// Clients of the stack may leave an idle connection behind; nothing is under way any more.
process.exit();
