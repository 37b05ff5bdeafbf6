import { createHash } from 'node:crypto';
import { z } from 'zod';
import { findPolicyProblem } from '../../core/actions/find-policy-problem.ts';
import type { ServedPolicy } from '../../core/actions/next-best-action.ts';
import type { OfferRule } from '../../core/actions/offer-rules.ts';
import type { Policy } from '../../core/actions/policy.ts';
import { EngineError } from '../../core/errors.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';

/** A policy as `tidewatch policy learn` writes it, with what it was learnt from. */
export interface LoadedPolicy extends ServedPolicy {
  /** First 12 hex digits of the SHA-256 of the policy file and that of the offers. */
  readonly version: string;
  readonly learnt: {
    readonly rows: number;
    readonly customers: number;
    readonly reward: string;
    /** Column, or the share of each arm, that the arms of the experiment were drawn with. */
    readonly propensity: string | Readonly<Record<string, number>>;
  };
}

type PolicyFile = Policy & Pick<LoadedPolicy, 'learnt'> & {
  readonly format: 1;
  readonly judged: readonly { readonly name: string; readonly dr: { readonly value: number } }[];
}; // prettier-ignore

const names = z.array(z.string().min(1)).min(1, 'must name one').nullable().default(null);

const offersSchema = z.strictObject({
  /** Share of the answers that chance draws. */
  explore: z.number().min(0, 'must be 0 to 1').max(1, 'must be 0 to 1').default(0),
  offers: z
    .record(
      z.string(),
      z.strictObject({
        consent: z.string().min(1).nullable().default(null),
        regions: names,
        languages: names,
        cost: z.number().min(0, 'must not be below 0').default(0),
      }),
    )
    .default({}),
});

/**
 * Reads the policy that the scorer answers with.
 * @param path what `tidewatch policy learn` wrote; null for no policy
 * @param offersPath YAML file that says whom each action is for; null where nothing limits them
 * @throws EngineError ERR_CONFIG_INVALID with what is wrong
 */
export async function readServedPolicy(path: string | null, offersPath: string | null): Promise<LoadedPolicy | null> {
  if (path === null) {
    if (offersPath === null) return null;
    throw policyError(offersPath, ['file: offers limit a policy; set TIDEWATCH_POLICY_FILE as well']);
  }
  // JSON is YAML, so the problems read alike.
  const { text, value } = await readCheckedYaml(path, z.unknown(), policyError);
  const problem = findPolicyProblem(value as PolicyFile | null) ?? findMissing(value as PolicyFile);
  if (problem !== null) throw policyError(path, [`file: ${problem}; write it anew with tidewatch policy learn`]);
  const policy = value as PolicyFile;
  const offers = offersPath === null ? noOffers : await readCheckedYaml(offersPath, offersSchema, policyError);
  const rules = new Map<string, OfferRule>(Object.entries(offers.value.offers));
  const unknown = [...rules.keys()].filter((action) => !policy.arms.includes(action));
  if (unknown.length > 0 && offersPath !== null)
    throw policyError(offersPath, unknown.map((action) => `offers.${action}: the policy has no such action`)); // prettier-ignore
  const digest = createHash('sha256').update(text).update('\n').update(offers.text).digest('hex');
  const { rows, customers, reward, propensity } = policy.learnt;
  return {
    policy,
    order: orderOf(policy),
    rules,
    explore: offers.value.explore,
    version: digest.slice(0, 12),
    learnt: { rows, customers, reward, propensity },
  };
}

const noOffers = { text: '', value: offersSchema.parse({}) };

function findMissing({ learnt, judged }: Partial<PolicyFile>): string | null {
  const { rows, customers, reward, propensity } = learnt ?? {};
  if (
    typeof rows !== 'number' ||
    typeof customers !== 'number' ||
    typeof reward !== 'string' ||
    propensity === undefined
  )
    return 'it does not say what it was learnt from';
  const isJudged = (arm: unknown): boolean =>
    Number.isFinite((arm as PolicyFile['judged'][number] | null | undefined)?.dr?.value);
  return Array.isArray(judged) && judged.every(isJudged) ? null : 'it does not say how good its arms are';
}

/** The best arm for all, then the others by what the log says of them. */
function orderOf({ arms, bestArm, judged }: PolicyFile): string[] {
  const valueOf = (arm: string): number =>
    arm === bestArm ? Infinity : (judged.find(({ name }) => name === arm)?.dr.value ?? -Infinity);
  return [...arms].sort((a, b) => valueOf(b) - valueOf(a));
}

function policyError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the policy ${path} cannot be used; correct it:${list}`;
  return new EngineError('ERR_CONFIG_INVALID', message, { retryable: false, context: { path }, cause });
}
