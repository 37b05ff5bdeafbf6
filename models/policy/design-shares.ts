import { EngineError } from '../../services/core/errors.ts';

/** Probability of each arm in an experiment that drew arms alike for everybody. */
export type DesignShares = ReadonlyMap<string, number>;

/**
 * Reads `ARM=SHARE,ARM=SHARE`, each share a decimal or a fraction such as 1/3.
 * @throws ERR_USAGE for a part that is not of this form, an arm named twice, and shares that do not add up to 1
 */
export function parseDesign(text: string): DesignShares {
  const shares = new Map<string, number>();
  for (const part of text.split(',').filter((entry) => entry.trim() !== '')) {
    const at = part.lastIndexOf('=');
    const arm = part.slice(0, Math.max(at, 0)).trim();
    const share = readShare(part.slice(at + 1).trim());
    if (arm === '' || share === null)
      throw usage(`--design has the part "${part.trim()}"; write ARM=SHARE with a share above 0, such as Mail=1/3.`);
    if (shares.has(arm)) throw usage(`--design names the arm "${arm}" twice; give each arm one share.`);
    shares.set(arm, share);
  }
  const sum = [...shares.values()].reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) > 1e-6)
    throw usage(`--design adds up to ${Number(sum.toFixed(6))}; the shares of all arms together are 1.`);
  return shares;
}

function readShare(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(?:\/(\d+))?$/.exec(text);
  if (match === null) return null;
  const share = Number(match[1]) / Number(match[2] ?? 1);
  return share > 0 && share <= 1 ? share : null;
}

function usage(what: string): EngineError {
  return new EngineError('ERR_USAGE', what, { retryable: false });
}
