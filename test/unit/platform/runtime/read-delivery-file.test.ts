import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readDeliveryFile } from '../../../../services/platform/runtime/read-delivery-file.ts';
import { readMessageTemplates } from '../../../../services/platform/runtime/read-message-templates.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-delivery-'));
  await writeFile(join(folder, 'good.secret'), `whsec_${Buffer.alloc(32, 1).toString('base64')}\n`);
  await writeFile(join(folder, 'password'), 'pässword\n');
});
afterEach(() => rm(folder, { recursive: true }));

const from = { name: 'Shop', address: 'shop@example.com' };
const shop = { en: 'Shop', zhCN: '商店' };
const hook = { url: 'https://erp.example.com/hook', secret_file: 'good.secret' };

async function read(tenant: object, allow: object[] = [{ host: 'erp.example.com' }], id = 'demo') {
  const path = join(folder, 'delivery.yaml');
  await writeFile(path, stringify({ format: 1, allow, tenants: { [id]: { shop, ...tenant } } }));
  return readDeliveryFile(path, new Set(['demo']));
}

const problem = (text: string) => ({ code: 'ERR_DELIVERY_INVALID', message: expect.stringContaining(text) as string });

describe('a delivery file', () => {
  it('is read with its secrets, which do not show', async () => {
    const email = { kind: 'smtp', host: 'mail.example.com', user: 'shop', password_file: 'password', from };
    const found = await read({ webhooks: { erp: hook }, channels: { email } });
    expect(found.file.tenants['demo'].webhooks['erp']).toMatchObject({ timeout_seconds: 10, events: [] });
    expect(found.secrets.get('good.secret')?.map((key) => key.reveal().length)).toEqual([32]);
    expect(found.passwords.get('password')?.reveal().toString()).toBe('pässword');
    expect(JSON.stringify([...found.secrets, ...found.passwords])).not.toMatch(/p.ssword"\]|AQEB/);
  });

  it('may hold two secrets of a receiver while they are changed', async () => {
    const line = `whsec_${Buffer.alloc(24, 2).toString('base64')}`;
    await writeFile(join(folder, 'two.secret'), `${line}\r\n${line}\n`);
    const { secrets } = await read({ webhooks: { erp: { ...hook, secret_file: 'two.secret' } } });
    expect(secrets.get('two.secret')).toHaveLength(2);
  });

  it.each([
    [
      'an unknown host',
      { webhooks: { erp: { ...hook, url: 'https://evil.example/' } } },
      'its host evil.example is not on the list',
    ],
    ['http to a public host', { webhooks: { erp: { ...hook, url: 'http://erp.example.com/' } } }, 'use https'],
    [
      'a secret that is not there',
      { webhooks: { erp: { ...hook, secret_file: 'none' } } },
      'the file none does not exist',
    ],
    ['a short secret', { webhooks: { erp: { ...hook, secret_file: 'password' } } }, 'must hold one secret'],
    ['a secret in the file itself', { webhooks: { erp: { ...hook, secret: 'whsec_x' } } }, 'secret'],
    [
      'a user without a password',
      { channels: { email: { kind: 'smtp', host: 'm.example', user: 'a', from } } },
      'go together',
    ],
    [
      'a digest without a channel',
      { digests: { at: '08:00', queues: { a: ['a@example.com'] } } },
      'no channel of the kind smtp',
    ],
    ['no hours for messages', { quiet: { from: '09:00', to: '09:00' } }, 'must leave time for messages'],
    ['an event that there is not', { webhooks: { erp: { ...hook, events: ['task.deleted'] } } }, 'events'],
    ['a time that there is not', { digests: { at: '25:00', queues: {} } }, 'must be a time of day'],
  ])('is refused for %s', async (_what, tenant, text) => {
    await expect(read(tenant)).rejects.toMatchObject(problem(text));
  });

  it('is refused for a tenant that the installation has not, and with all its problems at once', async () => {
    await expect(read({}, [], 'other')).rejects.toMatchObject(problem('has no such tenant'));
    const both = read({ webhooks: { erp: { ...hook, secret_file: 'none' } } }, []);
    await expect(both).rejects.toMatchObject(problem('the file none does not exist'));
    await expect(both).rejects.toMatchObject(problem('is not on the list'));
  });

  it('may be missing: nothing is set up then', async () => {
    expect((await readDeliveryFile(null, new Set())).file.tenants).toEqual({});
    await expect(readDeliveryFile(join(folder, 'no.yaml'), new Set())).rejects.toMatchObject(problem('does not exist'));
  });
});

describe('message templates', () => {
  it('are shipped whole', async () => {
    const { default: words, playbooks } = await readMessageTemplates(null, []);
    expect(words.zhCN.subject).toContain('{{shop}}');
    expect(Object.keys(playbooks)).toContain('birthday-greeting');
  });

  it('are refused for a variable that nobody fills', async () => {
    const words = { subject: 's', text: '{{link.shop}} {{nmae}}', html: 'h' };
    const path = join(folder, 'messages.yaml');
    await writeFile(path, stringify({ format: 1, default: { en: words, zhCN: words } }));
    await expect(readMessageTemplates(path, ['shop'])).rejects.toMatchObject(problem('nothing fills {{nmae}}'));
    await expect(readMessageTemplates(path, [])).rejects.toMatchObject(problem('nothing fills {{link.shop}}'));
  });
});
