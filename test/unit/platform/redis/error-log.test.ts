import { describe, expect, it } from 'vitest';
import { createErrorLog } from '../../../../services/platform/redis/error-log.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';

describe('createErrorLog', () => {
  it('logs each kind of error at most once in ten seconds and counts the others', () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    let time = 0;
    const log = createErrorLog(createLogger({ name: 'test', level: 'info', destination }), () => time);
    const refused = new Error('refused');
    for (time = 0; time < 10_000; time += 1000) log.note(refused);
    expect(lines).toHaveLength(1);
    log.note(refused);
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ reason: 'refused', unlogged: 9 });
    log.note(new Error('reset'));
    expect(lines).toHaveLength(3);
    expect(log.last()).toBe('reset');
  });

  it('names an error that has no message by its code', () => {
    const log = createErrorLog(createLogger({ name: 'test', level: 'silent' }));
    expect(log.last()).toBeNull();
    log.note(Object.assign(new Error(''), { code: 'ECONNREFUSED' }));
    expect(log.last()).toBe('ECONNREFUSED');
  });
});
