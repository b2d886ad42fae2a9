import type { Citation } from '../../../src/knowledge/answer/Answer.ts';
import type { PassageDraft } from '../../../src/store/documents.ts';
import type { Store } from '../../../src/store/store.ts';

const atUs = Date.UTC(2026, 2, 4, 9, 30) * 1000;

/** A small space with a channel, a private one, a short and a long page and a second space, in the real database. */
export async function fillHarbour(store: Store) {
  await store.spaces.put({ id: 'slack:T1', platform: 'slack', name: 'Harbour' }, [
    { id: 'U1', name: 'Mara Lind', isBot: false, isGuest: false },
    { id: 'U2', name: 'Tom', isBot: false, isGuest: false },
  ]);
  await store.spaces.put({ id: 'local:guide', platform: 'local', name: 'Guide' }, []);
  const channel = await store.sources.put({
    spaceId: 'slack:T1',
    kind: 'channel',
    key: 'C1',
    name: '#ops',
    audience: { kind: 'everybody' },
  });
  const folder = await store.sources.put({
    spaceId: 'local:guide',
    kind: 'folder',
    key: 'guide',
    name: 'guide',
    audience: { kind: 'everybody' },
  });
  await store.documents.put(channel, [
    {
      key: 'c1',
      draft: {
        ...{ key: 'c1', kind: 'conversation', title: 'VPN on Linux', confirmations: 0, contradictions: 0, atUs },
        url: 'https://harbour.slack.com/archives/C1/p1',
      },
      passages: [
        passage('p0', '<@U2>: My VPN is *slow* at home.'),
        passage(
          'p1',
          '<@U1>: It is the packet size.\n<@U1>: Set `MTU = 1380` in the configuration and start it again.',
          { messageIds: ['m1'] },
        ),
        passage('p2', '<@U2>: That **was** it, thanks!'),
      ],
    },
  ]);
  await store.documents.put(folder, [
    {
      key: 'd1',
      draft: {
        ...{ key: 'd1', kind: 'page', title: 'VPN', confirmations: 0, contradictions: 0, atUs },
        url: 'file:///handbook/vpn.md',
      },
      passages: [
        passage('q0', '## Set up\n\nInstall **wireguard** first, then ask for a key.', {
          url: 'file:///handbook/vpn.md',
        }),
      ],
    },
  ]);
  const manual = Array.from({ length: 14 }, (_, i) =>
    passage(`s${i}`, `Chapter ${i}. ${'It goes on and on. '.repeat(30)}Here ends chapter ${i}.`, {
      url: 'file:///manual.md',
    }),
  );
  await store.documents.put(folder, [
    {
      key: 'd2',
      draft: {
        ...{ key: 'd2', kind: 'page', title: 'Manual', confirmations: 0, contradictions: 0, atUs },
        url: 'file:///manual.md',
      },
      passages: manual,
    },
  ]);
  const hidden = await store.sources.put({
    spaceId: 'slack:T1',
    kind: 'channel',
    key: 'C9',
    name: '#secret-plans',
    audience: { kind: 'members', personIds: ['U2'] },
  });
  await store.documents.put(hidden, [
    {
      key: 'c9',
      draft: {
        ...{ key: 'c9', kind: 'conversation', title: 'The merger', confirmations: 0, contradictions: 0, atUs },
        url: 'https://harbour.slack.com/archives/C9/p1',
      },
      passages: [passage('x0', '<@U2>: We buy the other harbour.')],
    },
  ]);
  const found = new Map<string, number>();
  const audiences = store.audiences({ kind: 'everybody', spaces: ['slack:T1', 'local:guide'] }).map(({ id }) => id);
  for (const { key, id } of store.passages.readable(
    Array.from({ length: 40 }, (_, i) => i + 1),
    audiences,
  ))
    found.set(key, id);

  const cite = (n: number, key: string, title: string, url: string, quote: string): Citation => ({
    ...{ n, title, url, quote },
    passageId: found.get(key) as number,
  });
  return {
    channel,
    vpn: cite(
      1,
      'p1',
      '#ops · VPN on Linux',
      'https://harbour.slack.com/archives/C1/p1',
      'Set `MTU = 1380` in the configuration and start it again.',
    ),
    setup: cite(2, 'q0', 'VPN › Set up', 'file:///handbook/vpn.md', 'Install **wireguard** first'),
    chapter: cite(3, 's7', 'Manual', 'file:///manual.md', 'Here ends chapter 7.'),
    /** Takes away what somebody said about packets. */
    async deleteMessage() {
      const window = { windowMessages: 10, windowUs: 1 };
      const said = { id: 'm1', atUs, personId: 'U1', text: 'It is the packet size.', files: [] };
      await store.messages.put(channel, [{ ...said, confirmations: 0, contradictions: 0 }], window);
      await store.messages.remove(channel, ['m1'], window);
    },
    /** Makes the channel one that only Tom may read. */
    close: () =>
      store.sources.put({
        spaceId: 'slack:T1',
        kind: 'channel',
        key: 'C1',
        name: '#ops',
        audience: { kind: 'members', personIds: ['U2'] },
      }),
  };
}

function passage(key: string, text: string, given: Partial<PassageDraft> = {}): PassageDraft {
  return {
    ...{ key, text, url: 'https://harbour.slack.com/archives/C1/p1', titlePath: [], tokens: 20, messageIds: [] },
    ...{ language: 'en', titleWords: 'vpn' },
    personIds: [...text.matchAll(/<@(U\d)>/g)].map(([, id]) => id as string),
    ...(text.startsWith('<@') ? { fromUs: atUs, toUs: atUs } : {}),
    bodyWords: 'vpn',
    signature: new Uint8Array(8),
    ...given,
  };
}
