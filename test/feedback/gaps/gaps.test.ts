import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGaps, type FindGaps } from '../../../src/feedback/gaps/createGaps.ts';
import { createMayKnow } from '../../../src/feedback/gaps/createMayKnow.ts';
import { createBuiltinEmbedder } from '../../../src/knowledge/embed/builtin.ts';
import type { Reader } from '../../../src/knowledge/Reader.ts';
import { createLikeness } from '../../../src/knowledge/retrieve/createLikeness.ts';
import { said } from '../../knowledge/ingest/openTestKnowledge.ts';
import { openTestFeedback, type TestFeedback } from '../openTestFeedback.ts';

const SPACE = 'slack:T1';
const place = (channelId: string): Reader => ({ kind: 'place', space: SPACE, channelId });
const person = (personId: string): Reader => ({ kind: 'person', space: SPACE, personId });
const EVERYBODY: Reader = { kind: 'everybody', spaces: [SPACE] };

let team: TestFeedback;
let gaps: FindGaps;
beforeEach(async () => {
  team = await openTestFeedback();
  const { store, clock, retrieve } = team;
  gaps = createGaps({
    ...{ asked: store.questionsAsked, mayKnow: createMayKnow(store), names: store.names },
    likeness: createLikeness({ embedder: createBuiltinEmbedder(), retrieve }),
    ...{ settings: { days: 30, people: 1 }, now: () => clock.now },
  });
  const people = ['ANNA', 'BEN', 'GUEST'].map((id) => ({
    id,
    name: `${id} Smith`,
    isBot: false,
    isGuest: id === 'GUEST',
  }));
  await team.ingest.space({ id: SPACE, platform: 'slack', name: 'acme' }, people);
  await channel('ops', undefined, 'BEN', 'The VPN gateway is vpn.acme.example, the Mac profile is in the handbook.');
  await channel('board', ['ANNA'], 'ANNA', 'The VPN contract on Linux ends in May.');
  await team.settle();
});
afterEach(() => team.close());

async function channel(key: string, personIds: string[] | undefined, speaker: string, text: string) {
  const audience = personIds ? ({ kind: 'members', personIds } as const) : ({ kind: 'everybody' } as const);
  const source = await team.ingest.source({ spaceId: SPACE, kind: 'channel', key, name: `#${key}`, audience });
  await team.ingest.messages(source, [said(`${key}-1`, 0, speaker, text)]);
}
const unanswered = (question: string, reader: Reader, personId: string) =>
  team.ask(question, reader, { cited: 0, personId });

describe('a gap', () => {
  it('is what several people asked in other words and nothing answered, and who might know', async () => {
    await unanswered('How do I use the VPN on Linux?', place('ops'), 'U1');
    await unanswered('Does the VPN work on Linux', place('ops'), 'U2');
    await unanswered('vpn linux??', place('ops'), 'U3');
    await unanswered('vpn on linux please', place('ops'), 'U3');
    await unanswered('Who waters the ficus?', place('ops'), 'U1');
    const [first, second] = await gaps(EVERYBODY, 10);
    expect(first).toMatchObject({ people: 3, questions: 4, unanswered: 4, mightKnow: [{ name: 'BEN Smith' }] });
    expect(first?.topic).toContain('vpn');
    expect(second).toMatchObject({ people: 1, question: 'Who waters the ficus?' });
  });

  it('is also what was answered badly, and none when it was put right', async () => {
    const asked = await team.ask('Where is the Mac profile for the VPN?', place('ops'));
    expect(await gaps(EVERYBODY, 10)).toEqual([]);
    await team.feedback.vote(team.ballot(asked, 'slack:T1:U1'), 'down', 'wrong');
    expect(await gaps(EVERYBODY, 10)).toMatchObject([{ unanswered: 0, questions: 1 }]);
    await team.feedback.correct(team.ballot(asked, 'slack:T1:U1'), 'On the intranet.');
    await team.learner.idle();
    expect(await gaps(EVERYBODY, 10)).toEqual([]);
  });

  it('is forgotten after some time', async () => {
    await unanswered('Who waters the ficus?', place('ops'), 'U1');
    team.clock.now += 31 * 86_400_000;
    expect(await gaps(EVERYBODY, 10)).toEqual([]);
  });

  it('names nobody from a place that the reader does not read', async () => {
    await unanswered('When does the VPN contract end?', place('ops'), 'U1');
    const names = async (reader: Reader) => (await gaps(reader, 1))[0]?.mightKnow.map(({ name }) => name);
    expect(await names(person('ANNA'))).toContain('ANNA Smith');
    expect(await names(person('BEN'))).not.toContain('ANNA Smith');
  });
});

describe('a question asked in private', () => {
  it('is never told, nor counted, to who may not read where it was asked', async () => {
    const places = [place('ops'), place('board'), person('ANNA'), person('BEN'), person('GUEST'), EVERYBODY];
    const mayKnow = (reader: Reader, asked: Reader): boolean => {
      if (reader.kind === 'person' && asked.kind === 'person') return reader.personId === asked.personId;
      if (asked.kind === 'person') return false;
      if (asked.kind === 'place' && asked.channelId === 'board')
        return reader.kind === 'person' && reader.personId === 'ANNA';
      return reader.kind === 'everybody' || (reader.kind === 'person' && reader.personId !== 'GUEST');
    };
    const asking = fc.array(fc.integer({ min: 0, max: places.length - 1 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(asking, async (asked) => {
        team.clock.now += 40 * 86_400_000;
        const asks = asked.map((at) => places[at] as Reader);
        for (const [i, reader] of asks.entries()) await unanswered(`who waters the ficus number ${i}`, reader, `U${i}`);
        for (const reader of [EVERYBODY, person('ANNA'), person('BEN'), person('GUEST')]) {
          const told = (await gaps(reader, 100)).reduce((sum, { questions }) => sum + questions, 0);
          expect(told).toBe(asks.filter((ask) => mayKnow(reader, ask)).length);
        }
      }),
      { numRuns: 12 },
    );
  });
});
