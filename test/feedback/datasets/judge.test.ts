import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/feedback/datasets/curate/judge.ts';
import type { Policy } from '../../../src/feedback/datasets/Policy.ts';
import type { Origin, PreferenceFacts, ServedFacts } from '../../../src/feedback/record/PreferenceRecords.ts';

const policy = (given: Partial<Policy> = {}): Policy => ({
  ...{ spaces: new Set(['slack:T1']), withoutPassages: false, operator: 'operator', evaluation: [], seed: 1 },
  ...{ rowsPerQuestion: 10, rowsPerPerson: 10, rowTokens: 1000, ...given },
});
const open: Origin = {
  platform: 'slack',
  spaceId: 'slack:T1',
  channelId: 'C1',
  audience: 'everybody',
  optedOut: false,
};
const text = { tokens: 1, findings: [] };
const passage = (from: Partial<Origin> = {}): ServedFacts => ({
  ...text,
  n: 1,
  key: 'p1',
  from: { ...open, ...from },
  authors: [],
});
const record = (given: Partial<PreferenceFacts> = {}): PreferenceFacts => ({
  ...{
    answerId: 'a',
    askedMs: 1,
    status: 'answered',
    erased: false,
    prints: { question: undefined, answer: undefined },
  },
  ...{ question: { ...text, isEmpty: false }, answer: { ...text, isBlank: false } },
  ...{ asked: open, passages: [passage()], ballots: [], corrections: [] },
  served: { origin: 'asked', answerer: 'model', historyTurns: 0 },
  ...given,
});

describe('what may be trained on', () => {
  it('is what everybody in an allowed space may read', () => {
    expect(judge(record(), policy())).toEqual({ withoutPassages: false });
    expect(judge(record(), policy({ spaces: new Set() }))).toMatchObject({ bar: 'space-not-allowed' });
  });

  it.each([
    [{ audience: 'members' }, 'private-channel'],
    [{ audience: 'person' }, 'direct-message'],
    [{ audience: 'unknown' }, 'audience-unknown'],
    [{ platform: 'discord' }, 'discord'],
    [{ optedOut: true }, 'opted-out'],
    [{ spaceId: 'slack:T2' }, 'space-not-allowed'],
  ] as const)('is no question from %o', (origin, bar) => {
    expect(judge(record({ asked: { ...open, ...origin } }), policy({ withoutPassages: true }))).toMatchObject({ bar });
  });

  it('is an answer on closed passages only without them, and only if that was asked for', () => {
    const closed = record({ passages: [passage(), passage({ audience: 'members' })] });
    expect(judge(closed, policy())).toMatchObject({ bar: 'passages-not-allowed' });
    expect(judge(closed, policy({ withoutPassages: true }))).toEqual({ withoutPassages: true });
  });

  it('is what was imported with leave, or into an allowed space', () => {
    const imported = (mayTrain: boolean, spaceId = 'import:x') =>
      record({
        asked: { platform: 'import', spaceId, audience: 'unknown', optedOut: false },
        served: { origin: 'imported', answerer: 'none', historyTurns: 0, mayTrain },
      });
    expect(judge(imported(true), policy())).toEqual({ withoutPassages: false });
    expect(judge(imported(false), policy())).toMatchObject({ bar: 'import-not-allowed' });
    expect(judge(imported(false), policy({ spaces: new Set(['import:x']) }))).toEqual({ withoutPassages: false });
  });

  it('is never anything with one closed part, whatever the rest is', () => {
    const origins = fc.record({
      platform: fc.constantFrom('slack', 'discord', 'local'),
      spaceId: fc.constantFrom('slack:T1', 'slack:T2'),
      audience: fc.constantFrom('everybody', 'members', 'person', 'unknown') as fc.Arbitrary<Origin['audience']>,
      optedOut: fc.boolean(),
    });
    const isOpen = (origin: Origin) =>
      origin.platform !== 'discord' &&
      origin.spaceId === 'slack:T1' &&
      origin.audience === 'everybody' &&
      !origin.optedOut;
    fc.assert(
      fc.property(origins, fc.array(origins, { maxLength: 4 }), (asked, froms) => {
        const { bar } = judge(record({ asked, passages: froms.map((from) => passage(from)) }), policy());
        expect(bar === undefined).toBe([asked, ...froms].every(isOpen));
      }),
    );
  });
});
