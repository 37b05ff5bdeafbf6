import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postEvents } from '../../../../cli/import/post-events.ts';

async function ingestThat(answer: (request: IncomingMessage, response: ServerResponse, n: number) => void) {
  let requests = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response, ++requests));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address: { url, writeKey: 'k', importId: 'i' }, requests: () => requests };
}

const events = [{ eventId: 'a', userId: 'u', anonymousId: null, type: 'order.placed', time: '2024-01-01', channel: null, amount: null, currency: 'GBP', properties: {}, traits: {}, money: null }]; // prettier-ignore

describe('posting a batch of an import', () => {
  it.each([429, 503])('waits as long as ingest asks after a %s, and sends the same again', async (status) => {
    const times: number[] = [];
    const { address } = await ingestThat((request, response, n) => {
      times.push(performance.now());
      expect(request.headers['x-retry-count']).toBe(String(n - 1));
      if (n === 1) response.writeHead(status, { 'retry-after': '1' }).end('{}');
      else response.end('{"results":{"a":{"result":"accepted","code":null,"detail":null}}}');
    });
    expect(await postEvents(events, address)).toMatchObject({ a: { result: 'accepted' } });
    expect(times[1] - times[0]).toBeGreaterThan(950);
  });

  it('sends again after a broken connection', async () => {
    const { address, requests } = await ingestThat((_request, response, n) => {
      if (n === 1) response.destroy();
      else response.end('{"results":{}}');
    });
    expect(await postEvents(events, address)).toEqual({});
    expect(requests()).toBe(2);
  });

  it('gives up at once where sending again cannot help, and says why', async () => {
    const { address, requests } = await ingestThat((_request, response) => {
      response.writeHead(401).end('{"detail":"the write key is unknown"}');
    });
    await expect(postEvents(events, address)).rejects.toThrow(/401: the write key is unknown/);
    expect(requests()).toBe(1);
  });

  it('gives up when nothing was answered for long enough', async () => {
    const { address } = await ingestThat((_request, response) => void response.writeHead(500).end('{}'));
    await expect(postEvents(events, { ...address, patienceMs: 0 })).rejects.toMatchObject({
      code: 'ERR_IMPORT_UNSENT',
    });
  });
});
