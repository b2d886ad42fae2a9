import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageRecord } from '../../src/store/messageRow.ts';
import { openTestStore, type TestStore } from './openTestStore.ts';

const WINDOW = { windowMessages: 100, windowUs: 86_400_000_000 };
let opened: TestStore;
let source: number;

beforeEach(async () => {
  opened = await openTestStore();
  await opened.store.spaces.put({ id: 'slack:T1', platform: 'slack', name: 'acme' }, []);
  source = await opened.store.sources.put({
    ...{ spaceId: 'slack:T1', kind: 'channel', key: 'C1', name: '#ops' },
    audience: { kind: 'everybody' },
  });
});
afterEach(() => opened.close());

const message = (id: string, text: string): MessageRecord => ({
  ...{ id, atUs: Number(id) * 1_000_000, personId: 'U1', text, files: [], confirmations: 0, contradictions: 0 },
});

/** A document as it would be made of what was read. */
const built = (rootId: string, text: string) => ({
  key: rootId,
  draft: { key: rootId, kind: 'conversation', title: text, url: 'u', confirmations: 0, contradictions: 0 } as const,
  passages: [
    {
      ...{ key: rootId, text, titlePath: [], url: 'u', tokens: 1, messageIds: [rootId], personIds: ['U1'] },
      ...{ language: 'en', titleWords: text, bodyWords: text, signature: new Uint8Array() },
    },
  ],
});

async function linkAll() {
  const { links } = opened.store;
  for (let batch = await links.unlinked(100, WINDOW); batch; batch = await links.unlinked(100, WINDOW)) {
    const all = batch.messages.map(({ id }) => ({ id, rootId: id }));
    await links.link(batch.sourceId, all, batch.revision);
  }
}

describe('what is thought about while messages come and go', () => {
  it('refuses links that were found before a message came, and takes them when they were found again', async () => {
    const { messages, links, documents } = opened.store;
    await messages.put(source, [message('1', 'one')], WINDOW);
    const early = await links.unlinked(100, WINDOW);
    await messages.put(source, [message('2', 'two')], WINDOW);
    expect(await links.link(source, [{ id: '1', rootId: '1' }], early?.revision ?? -1)).toBe(false);
    expect((await links.unlinked(100, WINDOW))?.messages.map(({ id }) => id)).toEqual(['1', '2']);
    expect(await documents.dirtyConversations(10)).toEqual([]);
    await linkAll();
    expect((await documents.dirtyConversations(10)).map(({ rootId }) => rootId)).toEqual(['1', '2']);
  });

  it('does not find that something changed when the same messages come again', async () => {
    const { messages, links } = opened.store;
    await messages.put(source, [message('1', 'one')], WINDOW);
    const batch = await links.unlinked(100, WINDOW);
    await messages.put(source, [message('1', 'one')], WINDOW);
    expect(await links.link(source, [{ id: '1', rootId: '1' }], batch?.revision ?? -1)).toBe(true);
  });

  it('gives no conversation of a source before all its messages are linked', async () => {
    const { messages, documents } = opened.store;
    await messages.put(source, [message('1', 'one')], WINDOW);
    await linkAll();
    await messages.put(source, [message('2', 'two')], WINDOW);
    expect(await documents.dirtyConversations(10)).toEqual([]);
  });

  it('stores nothing of a message that was deleted while its passage was made', async () => {
    const { messages, documents, words } = opened.store;
    await messages.put(source, [message('1', 'secret'), message('2', 'harmless')], WINDOW);
    await linkAll();
    const read = await documents.dirtyConversations(10);
    await messages.remove(source, ['1'], WINDOW);
    await documents.put(source, [built('1', 'secret'), built('2', 'harmless')], read);
    const find = (match: string) => words.search({ match, audiences: [1, 2], titleWeight: 1, limit: 10 });
    expect(await find('"secret"')).toEqual([]);
    expect(await find('"harmless"')).toHaveLength(1);
    await linkAll();
    const left = (await documents.dirtyConversations(10)).map(({ rootId, messages: said }) => [rootId, said.length]);
    expect(left).toContainEqual(['1', 0]);
  });

  it('takes what was built of an unchanged conversation once, whoever else built it', async () => {
    const { messages, documents } = opened.store;
    await messages.put(source, [message('1', 'one')], WINDOW);
    await linkAll();
    const read = await documents.dirtyConversations(10);
    expect(await documents.put(source, [built('1', 'one')], read)).toMatchObject({ added: 1 });
    expect(await documents.put(source, [built('1', 'one')], read)).toMatchObject({ added: 0, changed: 0 });
    expect(await documents.dirtyConversations(10)).toEqual([]);
  });
});
