import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestKnowledge, said } from '../knowledge/ingest/openTestKnowledge.ts';

let knowledge: Awaited<ReturnType<typeof openTestKnowledge>>;
let channel: number;
beforeEach(async () => {
  knowledge = await openTestKnowledge();
  const { ingest, store } = knowledge;
  await ingest.space({ id: 'slack:T1', platform: 'slack', name: 'acme' }, []);
  const about = { spaceId: 'slack:T1', kind: 'channel', key: 'C1', name: '#ops' } as const;
  channel = await ingest.source({ ...about, audience: { kind: 'everybody' } });
  await ingest.messages(channel, [
    said('1', 0, 'ANNA', 'The VPN is at vpn.acme.example.'),
    said('2', 90_000, 'BEN', 'Lunch is at noon in the big kitchen on the second floor.'),
  ]);
  await knowledge.settle();
  const asked = { platform: 'slack', spaceId: 'slack:T1', channelId: 'C1', threadId: 't', personId: 'BEN' };
  await store.answers.putQuestion({ id: 'q', ...asked, text: 'Where?', askedMs: 1 });
  const passageId = shown('SELECT passage_id AS id FROM passage_messages WHERE message_id = 1')[0]?.id as number;
  await store.answers.put(
    { id: 'a', questionId: 'q', status: 'answered', text: 'There.', notes: [], citations: [], answeredMs: 2 },
    { body: JSON.stringify({ passages: [{ passageId, n: 1 }] }), passageIds: [passageId], keptUntilMs: 3 },
  );
  await store.feedbackEvents.record({
    eventId: 'e',
    answerId: 'a',
    voter: 'v',
    kind: 'correction',
    text: 'No.',
    atMs: 1,
  });
});
afterEach(() => knowledge.close());

function shown(sql: string): Record<string, unknown>[] {
  const db = new DatabaseSync(knowledge.file, { readOnly: true });
  const rows = db.prepare(sql).all();
  db.close();
  return rows;
}

const counted = async (work: () => unknown) => {
  const before = knowledge.store.datasets.erasures();
  await work();
  return knowledge.store.datasets.erasures() - before;
};

it.each([
  [
    'a message is deleted that an answer rests on',
    () => knowledge.ingest.messages(channel, [said('1', 0, 'ANNA', '')]),
  ],
  [
    'its channel is closed',
    () =>
      knowledge.ingest.source({
        spaceId: 'slack:T1',
        kind: 'channel',
        key: 'C1',
        name: '#ops',
        audience: { kind: 'members', personIds: ['ANNA'] },
      }),
  ],
  ['somebody opts out', () => knowledge.store.optOuts.add({ spaceId: 'slack:T1', personId: 'BEN', scope: 'datasets' })],
  ['a voter takes their words away', () => knowledge.store.optOuts.eraseWords('v')],
  [
    'somebody is forgotten who asked',
    () => knowledge.store.forgetting.feedback({ spaceId: 'slack:T1', personId: 'BEN', voter: 'w' }),
  ],
  ['somebody is forgotten who voted', () => knowledge.store.forgetting.feedback({ personId: 'nobody', voter: 'v' })],
])('it is counted that %s', async (_, work) => {
  expect(await counted(work)).toBeGreaterThan(0);
});

it('it is not counted that people ask, answer, vote, write and edit what nobody was shown', async () => {
  const { store, ingest } = knowledge;
  const count = await counted(async () => {
    await store.feedbackEvents.record({ eventId: 'f', answerId: 'a', voter: 'w', kind: 'up', atMs: 2 });
    await ingest.messages(channel, [said('2', 90_000, 'BEN', 'Lunch is at one in the small kitchen.')]);
    await ingest.messages(channel, [said('3', 180_000, 'BEN', 'And there is cake.')]);
    await knowledge.settle();
  });
  expect(count).toBe(0);
});
