import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { oneIngest } from '../../support/one-ingest.ts';

const served = oneIngest();
const sockets: { readonly socket: Socket; heard: string }[] = [];

/** A connection that announces a large body without a key and sends no more than its first bytes. */
function pretend(from: string): void {
  const { hostname, port } = new URL(served.url);
  const socket = connect({ host: hostname, port: Number(port), localAddress: from });
  const entry = { socket, heard: '' };
  socket.setEncoding('utf8').on('data', (text: string) => (entry.heard += text));
  socket.on('error', () => undefined);
  socket.write('POST /v1/batch HTTP/1.1\r\nhost: x\r\ncontent-length: 8000000\r\n\r\n{');
  sockets.push(entry);
}

const heard = (status: string) => sockets.filter((each) => each.heard.startsWith(`HTTP/1.1 ${status}`)).length;

let count = 0;
const aPage = (fields = {}) =>
  JSON.stringify({ type: 'page', userId: 'u1', messageId: `${served.world.prefix}${count++}`, ...fields });

const post = (headers: Record<string, string>, body: string) =>
  fetch(`${served.url}/v1/page`, { method: 'POST', headers, body }).then(({ status }) => status);

/** The same from another address of this machine, with the key in the body. */
async function postFrom(from: string): Promise<string> {
  const { hostname, port } = new URL(served.url);
  const body = aPage({ writeKey: served.world.writeKey });
  const socket = connect({ host: hostname, port: Number(port), localAddress: from }).setEncoding('utf8');
  socket.write(
    `POST /v1/page HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  let answer = '';
  for await (const text of socket) answer += String(text);
  return answer.slice(9, 12);
}

afterEach(() => {
  for (const { socket } of sockets.splice(0)) socket.destroy();
});

describe('senders who pretend to send', () => {
  it('hold up neither senders with a key in a header nor those of other addresses, and lose their places', async () => {
    const { writeKey } = served.world;
    for (let index = 0; index < 300; index++) pretend('127.0.0.1');
    await eventually(() => expect(heard('503')).toBeGreaterThanOrEqual(300 - 32));
    const keyed = await Promise.all(Array.from({ length: 60 }, () => post({ 'x-write-key': writeKey }, aPage())));
    expect(keyed).toEqual(Array(60).fill(200));
    expect(await postFrom('127.0.0.2')).toBe('200');
    // Who had a place has sent too little for it.
    await eventually(() => expect(heard('408') + heard('503')).toBe(300));
    expect(heard('408')).toBeGreaterThan(0);
    expect(heard('408')).toBeLessThanOrEqual(32);
    await eventually(async () => expect(await post({}, aPage({ writeKey }))).toBe(200));
  });
});
