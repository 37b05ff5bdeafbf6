import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import { toEngineError } from '../../../../services/platform/redis/redis-errors.ts';

function reply(message: string): Error {
  return Object.assign(new Error(message), { name: 'ReplyError', command: { name: 'hset', args: ['key', 'payload'] } });
}

describe('toEngineError', () => {
  it.each([
    reply('OOM command not allowed when used memory > maxmemory'),
    reply("READONLY You can't write against a read only replica."),
    reply('LOADING Redis is loading the dataset in memory'),
    reply('MISCONF Redis is configured to save RDB snapshots'),
    reply("ERR Error running script (call to f_1b3f): @user_script:12: @user_script: 12: -READONLY You can't write"),
    reply('ERR Error running script (call to f_1b3f): @user_script:9: @user_script: 9: -OOM command not allowed'),
    reply('CLUSTERDOWN The cluster is down'),
    reply('BUSY Redis is busy running a script.'),
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
    new Error("Stream isn't writeable and enableOfflineQueue options is false"),
    new Error('Connection is closed.'),
    Object.assign(new Error('Reached the max retries per request limit (which is 0).'), {
      name: 'MaxRetriesPerRequestError',
    }),
  ])('makes "$message" an outage that passes', (error) => {
    expect(toEngineError(error, 'HMGET')).toMatchObject({
      code: 'ERR_STORE_UNAVAILABLE',
      retryable: true,
      context: { command: 'HMGET' },
    });
  });

  it.each([
    [reply('NOAUTH Authentication required.'), /check REDIS_USERNAME/],
    [
      reply("NOPERM this user has no permissions to run the 'hset' command or its subcommand"),
      /ACL SETUSER NAME \+hset/,
    ],
    [reply("NOPERM User a has no permissions to run the 'client|list' command"), /does not permit CLIENT LIST/],
    [reply('NOPERM this user has no permissions to access one of the keys used as arguments'), /~'PREFIX\*'/],
    [reply("ERR The user executing the script can't run this command or subcommand"), /a command inside HMGET/],
  ])('names what is not permitted and goes on trying: %s', (error, said) => {
    const { code, retryable, message } = toEngineError(error, 'HMGET');
    expect([code, retryable]).toEqual(['ERR_STORE_DENIED', true]);
    expect(message).toMatch(said);
  });

  it('makes a key of another type a corrupt state', () => {
    const error = toEngineError(reply('WRONGTYPE Operation against a key'), 'HMGET');
    expect([error.code, error.retryable]).toEqual(['ERR_STATE_CORRUPT', false]);
  });

  it.each([
    reply('ERR unknown command'),
    reply('ERR Error running script (call to f_1b3f): @user_script:1: a bug'),
    reply('CROSSSLOT Keys do not hash'),
    new TypeError('bug'),
    'text',
    undefined,
  ])('makes %s a fault of our own', (error) => {
    expect(toEngineError(error, 'EVAL')).toMatchObject({ code: 'ERR_INTERNAL', retryable: false });
  });

  it('passes an engine error on as it is', () => {
    const error = new EngineError('ERR_STATE_CORRUPT', 'x', { retryable: false });
    expect(toEngineError(error, 'HMGET')).toBe(error);
  });

  it('drops the arguments that the client hangs on its errors', () => {
    const error = toEngineError(reply('OOM'), 'HSET');
    expect(JSON.stringify([error, { ...(error.cause as Error) }])).not.toContain('payload');
  });
});
