import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestKnowledge, said } from '../knowledge/ingest/openTestKnowledge.ts';

const SPACE = 'slack:T1';
let knowledge: Awaited<ReturnType<typeof openTestKnowledge>>;
let channel: number;
beforeEach(async () => {
  knowledge = await openTestKnowledge();
  await knowledge.ingest.space({ id: SPACE, platform: 'slack', name: 'Team' }, []);
  const audience = { kind: 'everybody' } as const;
  channel = await knowledge.ingest.source({ spaceId: SPACE, kind: 'channel', key: 'C1', name: '#ops', audience });
});
afterEach(() => knowledge.close());

const say = (id: string, text: string) => knowledge.ingest.messages(channel, [said(id, Number(id), 'ANNA', text)]);
const waiting = () => knowledge.store.messageLinks.waiting(SPACE, 10).map(({ id, text }) => [id, text]);
function drain(links: (text: string) => string[] = (text) => text.split(' ')) {
  const { messageLinks } = knowledge.store;
  const messages = messageLinks.waiting(SPACE, 10);
  messageLinks.put(
    SPACE,
    messages.map((message) => ({ message, urls: message.text === undefined ? [] : links(message.text) })),
    0,
  );
}
const due = () => knowledge.store.linkedPages.due(SPACE, 0, Number.MAX_SAFE_INTEGER, 10);

describe('messages whose links are to be read', () => {
  it('are those with an address, once, however often they change meanwhile', async () => {
    await say('1', 'no address');
    await say('2', 'http://a.example/1');
    await say('2', 'HTTP://a.example/2');
    await say('2', 'http://a.example/3');
    expect(waiting()).toEqual([['2', 'http://a.example/3']]);
  });

  it('are those that lost theirs too, and those that are gone', async () => {
    await say('1', 'http://a.example/1');
    await say('2', 'http://a.example/2');
    drain();
    expect(waiting()).toEqual([]);
    await say('1', 'never mind');
    await say('2', '');
    expect(waiting()).toEqual([
      ['2', undefined],
      ['1', 'never mind'],
    ]);
    drain((text) => (text.startsWith('http') ? [text] : []));
    expect(due()).toHaveLength(2);
    expect(knowledge.store.linkedPages.standing(SPACE, 'http://a.example/1', 0).channels).toEqual([]);
  });
});

describe('pages that are linked to', () => {
  it('are due at once, what was said last first', async () => {
    await say('1', 'http://a.example/old');
    await say('9', 'http://a.example/new');
    drain();
    expect(due()).toEqual(['http://a.example/new', 'http://a.example/old']);
  });

  it('are due again for a channel that begins or ceases to link, not for each message', async () => {
    await say('1', 'http://a.example/1');
    drain();
    knowledge.store.linkedPages.looked(SPACE, 'http://a.example/1', 5_000);
    await say('2', 'http://a.example/1');
    drain();
    await say('1', '');
    drain();
    expect(due()).toEqual([]);
    await say('2', '');
    drain();
    expect(due()).toEqual(['http://a.example/1']);
  });

  it('are not put off for ever by a clock that was wrong once', async () => {
    await say('1', 'http://a.example/1');
    drain();
    knowledge.store.linkedPages.looked(SPACE, 'http://a.example/1', Date.UTC(2099, 0, 1));
    expect(knowledge.store.linkedPages.due(SPACE, Date.UTC(2026, 0, 1), 7 * 86_400_000, 10)).toHaveLength(1);
  });

  it('are due when a channel that links to them is removed', async () => {
    await say('1', 'http://a.example/1');
    drain();
    knowledge.store.linkedPages.looked(SPACE, 'http://a.example/1', 5_000);
    await knowledge.store.removal.source(channel);
    expect(due()).toEqual(['http://a.example/1']);
  });
});
