import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collectionsFor,
  openCollection,
  type PlacedAudience,
  place,
  promotedCollection,
  restrictedCollection,
} from '../../../src/knowledge/chroma/placement.ts';

const generation = 'builtin-1-384';
const chromaTakes = /^[a-zA-Z0-9][a-zA-Z0-9._-]{1,510}[a-zA-Z0-9]$/;

describe('names', () => {
  it.each([
    [openCollection({ generation, space: 'slack:T061A2UFL' }), 'backscroll.builtin-1-384.open.slack-T061A2UFL'],
    [
      openCollection({ generation, space: 'discord:81384788765712384' }),
      'backscroll.builtin-1-384.open.discord-81384788765712384',
    ],
    [restrictedCollection({ generation }), 'backscroll.builtin-1-384.restricted'],
    [promotedCollection({ generation, audience: 17 }), 'backscroll.builtin-1-384.audience.17'],
  ])('are readable: %s', (name, expected) => {
    expect(name).toBe(expected);
  });

  it('are such as Chroma takes, and differ when what they stand for differs, whatever it is called', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('local:手册', 'slack:T1', 'slack-T1', '', '..'),
    );
    fc.assert(
      fc.property(text, text, text, text, (generationA, generationB, spaceA, spaceB) => {
        const a = openCollection({ generation: generationA, space: spaceA });
        const b = openCollection({ generation: generationB, space: spaceB });
        expect(a).toMatch(chromaTakes);
        expect(a.length).toBeLessThanOrEqual(128);
        expect(a === b).toBe(generationA === generationB && spaceA === spaceB);
        expect(restrictedCollection({ generation: generationA })).toMatch(chromaTakes);
        expect(restrictedCollection({ generation: generationA })).not.toBe(a);
      }),
    );
  });
});

describe('place', () => {
  const audience = { generation, audienceId: 5, spaceId: 'slack:T1' };

  it('puts what everybody in a space may read into the open collection of that space', () => {
    const open = openCollection({ generation, space: 'slack:T1' });
    expect(place({ ...audience, audienceKind: 'everybody', promoted: false })).toBe(open);
    expect(place({ ...audience, audienceKind: 'everybody', promoted: true })).toBe(open);
  });

  it('puts the rest into the pool, and a large audience by itself', () => {
    expect(place({ ...audience, audienceKind: 'members', promoted: false })).toBe(restrictedCollection({ generation }));
    expect(place({ ...audience, audienceKind: 'members', promoted: true })).toBe(
      promotedCollection({ generation, audience: 5 }),
    );
  });
});

describe('collectionsFor', () => {
  it('asks nothing for nobody', () => {
    expect(collectionsFor({ generation, audiences: [] })).toEqual([]);
  });

  it('asks each open collection whole, and the pool once for the rest', () => {
    const audiences: PlacedAudience[] = [
      { id: 1, kind: 'everybody', spaceId: 'slack:T1', promoted: false },
      { id: 2, kind: 'members', spaceId: 'slack:T1', promoted: false },
      { id: 3, kind: 'members', spaceId: 'slack:T1', promoted: false },
      { id: 4, kind: 'everybody', spaceId: 'discord:9', promoted: false },
    ];
    expect(collectionsFor({ generation, audiences })).toEqual([
      { collection: openCollection({ generation, space: 'slack:T1' }) },
      { collection: openCollection({ generation, space: 'discord:9' }) },
      { collection: restrictedCollection({ generation }), audiences: [2, 3] },
    ]);
  });

  it('looks for an audience that was promoted in its own collection, and in the pool while it moves', () => {
    const audiences: PlacedAudience[] = [{ id: 2, kind: 'members', spaceId: 'slack:T1', promoted: true }];
    expect(collectionsFor({ generation, audiences })).toEqual([
      { collection: promotedCollection({ generation, audience: 2 }) },
      { collection: restrictedCollection({ generation }), audiences: [2] },
    ]);
  });

  const audience: fc.Arbitrary<PlacedAudience> = fc.record({
    id: fc.nat(),
    kind: fc.constantFrom('everybody' as const, 'members' as const),
    spaceId: fc.constantFrom('slack:T1', 'slack:T2', 'local:handbook', 'local:Hand book'),
    promoted: fc.boolean(),
  });
  const audiences = fc.uniqueArray(audience, { selector: ({ id }) => id });
  const placeOf = ({ id, kind, spaceId, promoted }: PlacedAudience) =>
    place({ generation, audienceKind: kind, audienceId: id, spaceId, promoted });

  it('reaches every place of its audiences, and never a row of a restricted audience that was not given', () => {
    fc.assert(
      fc.property(audiences, fc.func(fc.boolean()), (all, mayRead) => {
        const given = all.filter(({ id }) => mayRead(id));
        const asked = collectionsFor({ generation, audiences: given });
        expect(new Set(asked.map(({ collection }) => collection)).size).toBe(asked.length);
        const reaches = (row: PlacedAudience) =>
          asked.some((ask) => ask.collection === placeOf(row) && (ask.audiences?.includes(row.id) ?? true));
        expect(given.every(reaches)).toBe(true);
        expect(all.filter(({ id, kind }) => kind === 'members' && !mayRead(id)).some(reaches)).toBe(false);
      }),
    );
  });
});
