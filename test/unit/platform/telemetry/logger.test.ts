import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';

function captureLogger(level: string) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ name: 'scorer', level, destination });
  return { logger, entries: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('createLogger', () => {
  it('writes one JSON object per entry with name, level word and ISO time', () => {
    const { logger, entries } = captureLogger('info');
    logger.info({ partition: 3 }, 'assigned');
    expect(entries()).toEqual([
      expect.objectContaining({ name: 'scorer', level: 'info', partition: 3, msg: 'assigned' }),
    ]);
    expect(entries()[0]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('stays silent below its level', () => {
    const { logger, entries } = captureLogger('warn');
    logger.info('quiet');
    logger.warn('loud');
    expect(entries().map((entry) => entry['msg'])).toEqual(['loud']);
  });

  it('shows no secrets, in entries and in what child loggers carry', () => {
    const { logger, entries } = captureLogger('info');
    logger.info({ config: { REDIS_URL: 'redis://u:pass1@h:1', tenant: { tokens: ['pass2'] } } }, 'starting');
    logger.error({ err: new Error('redis://u:pass3@h failed') }, 'lost');
    logger.error(Object.assign(new Error('bare'), { args: ['pass4'] }));
    expect(JSON.stringify(entries())).not.toMatch(/pass\d/);
    expect(entries()[2]).toMatchObject({ msg: 'bare', err: { type: 'Error' } });
  });
});
