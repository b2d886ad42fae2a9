import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PreferenceFacts } from '../../../src/feedback/record/PreferenceRecords.ts';
import { createVoterOf } from '../../../src/feedback/record/voterKey.ts';
import type { Reader } from '../../../src/knowledge/Reader.ts';
import { said } from '../../knowledge/ingest/openTestKnowledge.ts';
import { openTestFeedback, type TestFeedback } from '../openTestFeedback.ts';

const SPACE = 'slack:T1';
const OPS: Reader = { kind: 'place', space: SPACE, channelId: 'ops' };
let team: TestFeedback;
let ops: number;
beforeEach(async () => {
  team = await openTestFeedback();
  await team.ingest.space({ id: SPACE, platform: 'slack', name: 'acme' }, [
    { id: 'ANNA', name: 'Anna Berg', isBot: false, isGuest: false },
  ]);
  const about = { spaceId: SPACE, kind: 'channel', key: 'ops', name: '#ops' } as const;
  ops = await team.ingest.source({ ...about, audience: { kind: 'members', personIds: ['ANNA'] } });
  await team.ingest.messages(ops, [said('ops-1', 0, 'ANNA', 'The VPN is at vpn.acme.example, call +49 30 901820.')]);
  await team.settle();
});
afterEach(() => team.close());

const wordsOf = async (answerId: string) => (await team.records.one(answerId))?.words;

const all = async () => {
  const records: PreferenceFacts[] = [];
  for (const range of await team.records.ranges()) records.push(...(await team.records.prepared(range)));
  return records;
};

describe('the record', () => {
  it('tells an answer as it was served, what people say of it now, and where all of it comes from', async () => {
    const asked = await team.ask('Where is the VPN?', OPS);
    await team.feedback.vote(team.ballot(asked, 'slack:T1:BEN'), 'down', 'out-of-date');
    await team.feedback.correct(team.ballot(asked, 'slack:T1:BEN'), 'It moved to gate.acme.example.');
    const [record, ...others] = await all();
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      ...{ answerId: asked, status: 'answered', erased: false, question: { tokens: 5, isEmpty: false } },
      asked: { platform: 'slack', spaceId: SPACE, audience: 'members', optedOut: false },
      ballots: [{ vote: 'down', reason: 'out-of-date', optedOut: false }],
      corrections: [{ text: 'It moved to gate.acme.example.' }],
      passages: [
        { n: 1, from: { platform: 'slack', spaceId: SPACE, channelId: 'ops', audience: 'members' }, authors: ['ANNA'] },
      ],
    });
    expect(record?.passages[0]?.findings.map(({ kind }) => kind)).toEqual(['mention', 'phone']);
    expect(await wordsOf(asked)).toMatchObject({
      question: { text: 'Where is the VPN?' },
      passages: [{ n: 1, spaceId: SPACE, text: expect.stringContaining('vpn.acme.example') }],
    });
    expect(JSON.stringify(record?.ballots)).not.toContain('BEN');
  });

  it('keeps the version of a passage that was shown', async () => {
    const asked = await team.ask('Where is the VPN?', OPS);
    await team.feedback.vote(team.ballot(asked, 'p'), 'up');
    await team.ingest.messages(ops, [said('ops-1', 0, 'ANNA', 'The VPN is gone.')]);
    await team.settle();
    expect((await wordsOf(asked))?.passages[0]?.text).toContain('vpn.acme.example');
  });

  it('has the count and not a word of what was erased', async () => {
    const asked = await team.ask('Where is the VPN?', OPS);
    await team.feedback.vote(team.ballot(asked, 'p'), 'up');
    await team.feedback.correct(team.ballot(asked, 'q'), 'It moved.');
    await team.ingest.messages(ops, [said('ops-1', 0, 'ANNA', '')]);
    await team.settle();
    const [record] = await all();
    expect(record).toMatchObject({
      erased: true,
      answer: { isBlank: true },
      corrections: [],
      passages: [{ from: { gone: true } }],
    });
    expect(await wordsOf(asked)).toMatchObject({ answer: { text: '' }, passages: [] });
    expect(team.records.text(asked)?.text).toBe('');
    expect(record?.ballots).toHaveLength(2);
  });

  it('knows whose words may not be used', async () => {
    const asked = await team.ask('Where is the VPN?', OPS, { personId: 'ANNA' });
    await team.feedback.correct(team.ballot(asked, `${SPACE}:ANNA`), 'It moved.');
    const voter = createVoterOf(team.store.settings)(`${SPACE}:ANNA`);
    await team.store.optOuts.add({ spaceId: SPACE, personId: 'ANNA', voter, scope: 'datasets' });
    expect((await all())[0]).toMatchObject({
      asked: { optedOut: true },
      passages: [{ from: { optedOut: true } }],
      ballots: [{ optedOut: true }],
      corrections: [{ optedOut: true }],
    });
  });

  it('gives a thousand answers, each once, in the order of their ids', async () => {
    const { answers, feedbackEvents, feedbackFold } = team.store;
    for (let i = 0; i < 1100; i++) {
      const asked = { platform: 'web', channelId: 'c', threadId: 't', personId: 'p', text: 'Why?', askedMs: 1 };
      await answers.putQuestion({ id: `q${i}`, ...asked });
      await answers.put(
        { id: `a${i}`, questionId: `q${i}`, status: 'answered', text: 'So.', notes: [], citations: [], answeredMs: 2 },
        { body: '{}', passageIds: [], keptUntilMs: 3 },
      );
      feedbackEvents.append([{ eventId: `e${i}`, answerId: `a${i}`, voter: 'v', kind: 'up', atMs: 1 }]);
    }
    feedbackFold.fold();
    const ids = (await all()).map(({ answerId }) => answerId);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(1100);
  });
});
