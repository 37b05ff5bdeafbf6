import type { BoostRules } from './boosting/boost.ts';

interface TreesMember {
  readonly kind: 'trees';
  readonly rules: BoostRules;
}

interface NetMember {
  readonly kind: 'net';
  readonly hidden: readonly { readonly units: number; readonly dropout: number }[];
  readonly learningRate: number;
  readonly l2: number;
}

export type MemberName = 'shallow trees' | 'deep trees' | 'linear' | 'net';

/**
 * What a table model is put together from. The shallow trees suit tables whose columns act almost on their own, the
 * deep ones tables with strong interactions; how much each counts is decided by rows none of them has seen.
 */
export const members: Readonly<Record<MemberName, TreesMember | NetMember>> = {
  'shallow trees': {
    kind: 'trees',
    rules: {
      rounds: 600,
      patience: 60,
      leaves: 4,
      learningRate: 0.05,
      l2: 5,
      minRows: 30,
      rowShare: 0.7,
      columnShare: 0.6,
    },
  },
  'deep trees': {
    kind: 'trees',
    rules: {
      rounds: 600,
      patience: 60,
      leaves: 24,
      learningRate: 0.07,
      l2: 1,
      minRows: 5,
      rowShare: 0.8,
      columnShare: 0.5,
    },
  },
  linear: { kind: 'net', hidden: [], learningRate: 0.01, l2: 3e-4 },
  net: {
    kind: 'net',
    hidden: [
      { units: 64, dropout: 0.3 },
      { units: 32, dropout: 0.2 },
    ],
    learningRate: 3e-3,
    l2: 3e-4,
  },
};

export const memberNames = Object.keys(members) as readonly MemberName[];
