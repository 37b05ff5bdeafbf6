// npm run service -- ingest|scorer|alerts: one service in this process, against the stack its environment names.
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { checkoutRoot } from './checkout-root.ts';

const services = ['ingest', 'scorer', 'alerts'];
const [name = '', ...rest] = process.argv.slice(2);

if (services.includes(name) && rest.length === 0) {
  await import(pathToFileURL(join(checkoutRoot, 'services', name, 'main.ts')).href);
} else {
  console.error(`Usage: npm run service -- ${services.join('|')}`);
  process.exitCode = 2;
}
