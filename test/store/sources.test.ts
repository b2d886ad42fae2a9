import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from './openTestStore.ts';

let test: TestStore;
beforeEach(async () => {
  test = await openTestStore();
  const person = (id: string) => ({ id, name: id, isBot: false, isGuest: false });
  await test.store.spaces.put({ id: 'discord:1', platform: 'discord', name: 'acme' }, [person('a'), person('b')]);
});
afterEach(() => test.close());

const everybody = { kind: 'everybody' } as const;
const members = (...personIds: string[]) => ({ kind: 'members', personIds }) as const;
const put = (audience: typeof everybody | ReturnType<typeof members>, isAudienceAssumed?: boolean) =>
  test.store.sources.put({
    ...{ spaceId: 'discord:1', kind: 'channel', key: 'c', name: '#c', audience },
    ...(isAudienceAssumed === undefined ? {} : { isAudienceAssumed }),
  });
const readers = () => {
  const may = (personId: string) =>
    test.store.audiences({ kind: 'person', space: 'discord:1', personId }).some(({ kind }) => kind === 'members');
  return ['a', 'b'].filter(may);
};
const isOpen = async (id: number) => (await test.store.sources.find(id))?.open;

describe('an audience that is only assumed', () => {
  it('holds for a source that is new', async () => {
    expect(await isOpen(await put(everybody, true))).toBe(true);
  });

  it('never opens what is known as private, nor changes who is in it', async () => {
    const id = await put(members('a'));
    await put(everybody, true);
    await put(members('a', 'b'), true);
    expect(await isOpen(id)).toBe(false);
    expect(readers()).toEqual(['a']);
  });

  it('gives way to one that is known', async () => {
    const id = await put(everybody, true);
    await put(members('b'));
    expect(await isOpen(id)).toBe(false);
    expect(readers()).toEqual(['b']);
  });
});
