import { describe, expect, it } from 'vitest';
import { parseStartArguments } from '../../../scripts/start/start-arguments.ts';

describe('parseStartArguments', () => {
  it('has a default for everything', () => {
    expect(parseStartArguments([])).toEqual({
      run: { simulator: true, keepRunning: false, seed: 7, rate: 20, directory: '.tidewatch' },
    });
  });

  it('reads every flag', () => {
    const argv = '--stack local --data ../orders --keep-running --minutes 0.5 --seed 3 --rate 50 --directory d'.split(
      ' ',
    );
    expect(parseStartArguments(argv)).toEqual({
      run: {
        stack: 'local',
        simulator: true,
        data: '../orders',
        keepRunning: true,
        minutes: 0.5,
        seed: 3,
        rate: 50,
        directory: 'd',
      },
    });
    expect(parseStartArguments(['--no-simulator'])).toMatchObject({ run: { simulator: false } });
  });

  it.each([
    [['--stak', 'local'], '--stak'],
    [['local'], 'arguments'],
    [['--minutes', '-1'], 'above 0'],
    [['--minutes', '40000'], 'at most'],
    [['--rate', 'fast'], 'above 0'],
    [['--seed', '1.5'], 'whole number'],
    [['--keep-running'], '--data'],
  ])('refuses %j as wrong usage', (argv, message) => {
    expect(() => parseStartArguments(argv)).toThrow(
      expect.objectContaining({ code: 'ERR_USAGE', message: expect.stringContaining(message) as string }) as Error,
    );
  });

  it('answers --help with the flags', () => {
    expect(parseStartArguments(['--help'])).toEqual({ help: expect.stringContaining('--minutes') as string });
  });
});
