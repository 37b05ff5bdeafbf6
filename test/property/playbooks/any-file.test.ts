import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { PlaybookSurroundings } from '../../../services/core/playbooks/find-playbook-problems.ts';
import {
  defaultPlaybookText,
  type LooseDocument,
  looseDocument,
  playbookSurroundings,
  problemsOf,
} from '../../support/playbook-files.ts';
import { runs } from '../../support/property-runs.ts';

let directory: string;
let path: string;
let around: PlaybookSurroundings;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-playbooks-'));
  path = join(directory, 'playbooks.yaml');
  around = await playbookSurroundings();
});
afterAll(() => rm(directory, { recursive: true }));

interface Mistake {
  /** Where the refusal has to point. */
  readonly place: string;
  make(file: LooseDocument): void;
}

const ids = Object.keys((looseDocument() as { playbooks: object }).playbooks);

/** Changes one member of a playbook to something that its form does not allow. */
function ofForm(id: string, member: string, value: unknown, place = member): Mistake {
  return { place: `playbooks.${id}.${place}:`, make: (file) => void (file.playbooks[id][member] = value) };
}

const formMistakes: readonly ((id: string) => Mistake)[] = [
  (id) => ofForm(id, 'purpose', 'porpoise'),
  (id) => ofForm(id, 'owner', 'Nobody At All'),
  (id) => ofForm(id, 'holdout', 7),
  (id) => ofForm(id, 'expected_effect', 'a lot'),
  (id) => ofForm(id, 'cooldown', 'soon'),
  (id) => ofForm(id, 'respond_within', { severe: '3h' }),
  (id) => ofForm(id, 'resolve_within', undefined),
  (id) => ofForm(id, 'label', { en: '', zhCN: '名' }, 'label.en'),
  (id) => ofForm(id, 'steps', [{ do: 'dance' }], 'steps.0.do'),
  (id) => ofForm(id, 'trigger', { on: 'full-moon' }, 'trigger.on'),
  (id) => ofForm(id, 'stop', { on: ['order.dreamt'] }, 'stop.on.0'),
  (id) => ofForm(id, 'handbook', 'page 6'),
  (id) => ({ place: `playbooks.${id}: Unrecognized`, make: (file) => void (file.playbooks[id].cooldwon = '3d') }),
];

const meaningMistakes: readonly ((id: string) => Mistake)[] = [
  (id) => named(id, 'owner', 'nobody', `playbooks.${id}.owner:`),
  (id) => named(id, 'calendar', 'moon', `playbooks.${id}.calendar:`),
  (id) => named(id, 'owner_by_tier', { 'retail5.no': 'sales' }, `playbooks.${id}.owner_by_tier:`),
  (id) => named(id, 'escalation', [{ after: '1h', to: 'nobody' }], `playbooks.${id}.escalation.0.to:`),
  (id) => named(id, 'steps', [{ do: 'message', channel: 'pigeon', text }], `playbooks.${id}.steps.0.channel:`),
  (id) => named(id, 'steps', [{ do: 'webhook', target: 'unknown' }], `playbooks.${id}.steps.0.target:`),
  (id) => named(id, 'steps', [{ do: 'close' }, { do: 'close' }], `playbooks.${id}.steps.1:`),
  (id) => named(id, 'trigger', { on: 'without-result', of: id }, `playbooks.${id}.trigger.of:`),
  (id) => named(id, 'cooldown', '3wd', `playbooks.${id}.cooldown:`),
  (id) => named(id, 'resolve_within', '0h', `playbooks.${id}.resolve_within:`),
];

const text = { en: 'Hello', zhCN: '您好' };

function named(id: string, member: string, value: unknown, place: string): Mistake {
  return { place, make: (file) => void (file.playbooks[id][member] = value) };
}

/** One mistake in each of some playbooks. */
function anyMistakes(kinds: readonly ((id: string) => Mistake)[]): fc.Arbitrary<readonly Mistake[]> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...kinds)), {
      minLength: 1,
      maxLength: 6,
      selector: ([id]) => id,
    })
    .map((chosen) => chosen.map(([id, kind]) => kind(id)));
}

describe('a playbook file with several mistakes', () => {
  it.each([
    ['of form', formMistakes],
    ['of meaning', meaningMistakes],
  ] as const)('is refused with the place of each, %s', async (_, kinds) => {
    await fc.assert(
      fc.asyncProperty(anyMistakes(kinds), async (mistakes) => {
        const file = looseDocument();
        for (const mistake of mistakes) mistake.make(file);
        const problems = (await problemsOf(path, file, around)) ?? [];
        for (const { place } of mistakes) {
          expect(
            problems.filter((problem) => problem.startsWith(place)),
            `${place} of\n${problems.join('\n')}`,
          ).not.toEqual([]);
        }
      }),
      { numRuns: runs(40) },
    );
  });
});

const lines = defaultPlaybookText.split('\n');
const anyLine = fc.nat(lines.length - 1);
const yamlTricks = [
  '<<: *nowhere', '? [a, b]', '!!binary "AAAA"', '&a [*a]', '- - - -', '__proto__: { owner: x }', 'constructor: 1',
  '\t- tab', '%YAML 9.9', '---', '...', '"\\u0000"', 'null: null', '.inf: .nan', '2026-02-30: []', '# only a comment',
  'a: &a [x, x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]', '😀: 😀', '\uFEFF', '\u2028', "'", '{', ']', '|', '>-',
] as const; // prettier-ignore

type Edit = (content: string[]) => void;

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  anyLine.map(
    (at): Edit =>
      (content) =>
        void content.splice(at, 1),
  ),
  anyLine.map(
    (at): Edit =>
      (content) =>
        void content.splice(at, 0, content[at] ?? ''),
  ),
  fc.tuple(anyLine, anyLine).map(
    ([from, to]): Edit =>
      (content) =>
        void content.splice(to, 0, content[from] ?? ''),
  ),
  fc.tuple(anyLine, fc.constantFrom(...yamlTricks)).map(([at, trick]): Edit => {
    return (content) => void content.splice(at, 0, `${/^ */.exec(content[at] ?? '')?.[0]}${trick}`);
  }),
  fc.tuple(anyLine, fc.nat(80), fc.string({ unit: 'binary', maxLength: 3 })).map(([at, column, put]): Edit => {
    return (content) => {
      const line = content[at] ?? '';
      content[at] = `${line.slice(0, column)}${put}${line.slice(column + 1)}`;
    };
  }),
  fc.tuple(anyLine, fc.nat(4)).map(([at, by]): Edit => {
    return (content) => void (content[at] = `${' '.repeat(by)}${content[at] ?? ''}`);
  }),
);

describe('a playbook file of any content', () => {
  const isOneLine = (problem: string): boolean => problem.length > 0 && problem.length < 2_000;

  it('is taken, or refused as a playbook file with problems that can be read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const content = [...lines];
        for (const edit of edits) edit(content);
        const problems = await problemsOf(path, content.join('\n'), around);
        expect(problems === null || (problems.length > 0 && problems.every(isOneLine))).toBe(true);
      }),
      { numRuns: runs(60) },
    );
  });

  it('is refused where it is any value at all, whatever the value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
        const problems = await problemsOf(path, stringify(value), around);
        expect(problems?.length).toBeGreaterThan(0);
        expect(problems?.every(isOneLine)).toBe(true);
      }),
      { numRuns: runs(60) },
    );
  });

  it('is refused where any member holds any other value, or is taken', async () => {
    const anyPlace = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(anyPlace, fc.jsonValue({ maxDepth: 2 }), async (way, value) => {
        const file = looseDocument();
        let at = file;
        for (const [i, step] of way.entries()) {
          const keys = Object.keys(at as object);
          if (keys.length === 0) break;
          const key = keys[step % keys.length] ?? '';
          const next = at[key];
          if (i === way.length - 1 || typeof next !== 'object' || next === null) {
            at[key] = value;
            break;
          }
          at = next;
        }
        const problems = await problemsOf(path, file, around);
        expect(problems === null || (problems.length > 0 && problems.every(isOneLine))).toBe(true);
      }),
      { numRuns: runs(60) },
    );
  });
});
