import { describe, expect, it, onTestFinished } from 'vitest';
import { untranslated } from '../../../../services/core/events/dead-letter.ts';
import type { DeadLetters } from '../../../../services/ingest/dead-letters/dead-letters.ts';
import { addLetterRoutes } from '../../../../services/ingest/dead-letters/letter-routes.ts';
import type { ListedLetter } from '../../../../services/ingest/dead-letters/list-letters.ts';
import { createHttpServer } from '../../../../services/platform/http/http-server.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';

const letter: ListedLetter = {
  ...{ id: '0-7', key: null, partition: 0, offset: 7, recordedAt: 0, status: 'open', mark: null, obstacle: null },
  letter: {
    ...untranslated,
    ...{ tenant: 'acme', source: 'shop', eventId: 'jane@example.com', code: 'ERR_EVENT_TIME', detail: 'x' },
    ...{ step: 'ingest.judge', topic: null, partition: null, offset: null, recordedAt: 0, keyId: 'k1' },
  },
  masked: { eventId: '#0123456789abcdef', importId: null },
};

const letters: DeadLetters = {
  list: () => Promise.resolve({ letters: [letter], cursor: null, scanned: 1, cut: false }),
  show: (_tenant, _id, withContent) =>
    Promise.resolve({ letter, content: withContent ? { original: Buffer.from('{}'), share: null } : null }),
  replay: () => Promise.resolve([]),
  drop: () => Promise.resolve([]),
};

function serve() {
  const lines: string[] = [];
  const server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'info', destination: { write: (line) => void lines.push(line) } }),
    metrics: createMetrics('ingest'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
  });
  addLetterRoutes(server, {
    letters,
    authorize: (request) => {
      request.tenant = 'acme';
      return Promise.resolve();
    },
  });
  onTestFinished(() => server.close());
  return { lines, get: async (url: string) => (await server.inject(url)).body };
}

describe('the routes of the dead letters', () => {
  it.each(['/v1/dead-letters', '/v1/dead-letters/0-7', '/v1/dead-letters?reveal=false'])(
    'show no id in clear at %s, and note nothing',
    async (url) => {
      const { get, lines } = serve();
      expect(await get(url)).toContain('#0123456789abcdef');
      expect(await get(url)).not.toContain('jane');
      expect(lines).toEqual([]);
    },
  );

  it.each(['/v1/dead-letters?reveal=true', '/v1/dead-letters/0-7?reveal=true', '/v1/dead-letters/0-7?original=true'])(
    'show ids in clear at %s and note whose token asked, without them',
    async (url) => {
      const { get, lines } = serve();
      expect(await get(url)).toContain('jane@example.com');
      expect(lines).toHaveLength(1);
      expect(JSON.parse(lines[0])).toMatchObject({ tenant: 'acme', msg: expect.stringMatching(/read/) as string });
      expect(lines[0]).not.toContain('jane');
    },
  );

  it('take no word but true or false for it', async () => {
    expect(await serve().get('/v1/dead-letters?reveal=yes')).toContain('ERR_USAGE');
  });
});
