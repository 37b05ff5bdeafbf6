/*
 * A server whose /metrics is always the same page, as long as that of a service, and which has nothing else to do: how much
 * slower it becomes under load is what the machine adds, whatever a service does.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const lines = 1_000;
const page = Array.from({ length: lines }, (_, i) => `tidewatch_fixed_value{partition="${i}",topic="customer.events.v1"} ${i}\n`).join(''); // prettier-ignore

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(page);
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ type: 'ready', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(1));
