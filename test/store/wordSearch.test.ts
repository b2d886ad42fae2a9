import { afterEach, expect, it } from 'vitest';
import { openTestStore, type TestStore } from './openTestStore.ts';

let opened: TestStore;
afterEach(() => opened.close());

it.each([3, 150])('finds what belongs to the audiences that are asked for, and no other, among %i', async (sources) => {
  opened = await openTestStore();
  const { store } = opened;
  await store.spaces.put({ id: 'slack:T1', platform: 'slack', name: 'acme' }, []);
  for (let n = 0; n < sources; n++) {
    const source = await store.sources.put({
      ...{ spaceId: 'slack:T1', kind: 'channel', key: `C${n}`, name: `#c${n}` },
      audience: { kind: 'members', personIds: n % 3 === 0 ? ['U1', 'U2'] : ['U2'] },
    });
    const draft = { key: 'd', kind: 'page', title: 't', url: 'u', confirmations: 0, contradictions: 0 } as const;
    const passage = {
      ...{ key: 'p', text: 'printer', titlePath: [], url: 'u', tokens: 1, messageIds: [], personIds: [] },
      ...{ language: 'en', titleWords: 't', bodyWords: 'printer', signature: new Uint8Array() },
    };
    await store.documents.put(source, [{ key: 'd', draft, passages: [passage] }]);
  }
  const found = async (personId: string) => {
    const audiences = store.audiences({ kind: 'person', space: 'slack:T1', personId }).map(({ id }) => id);
    const hits = await store.words.search({ match: '"printer"', audiences, titleWeight: 1, limit: 1_000 });
    return { hits: hits.map(({ id }) => id), readable: store.passages.readable(allIds(sources), audiences) };
  };
  for (const person of ['U1', 'U2']) {
    const { hits, readable } = await found(person);
    expect(hits.toSorted((a, b) => a - b)).toEqual(readable.map(({ id }) => id).toSorted((a, b) => a - b));
  }
  expect((await found('U2')).hits).toHaveLength(sources);
  expect((await found('nobody')).hits).toEqual([]);
});

const allIds = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
