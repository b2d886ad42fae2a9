import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reader } from '../../../src/knowledge/Reader.ts';
import type { Hit } from '../../../src/knowledge/retrieve/Retrieve.ts';
import { weigh } from '../../../src/knowledge/retrieve/weigh.ts';
import { openTestFeedback, type TestFeedback } from '../../feedback/openTestFeedback.ts';
import { said } from '../ingest/openTestKnowledge.ts';

const hit = { passage: { confirmations: 0, contradictions: 0 }, score: 0.5, alsoIn: [] } as unknown as Hit;
const scored = (good: number, bad: number) => weigh(hit, 0, 365, { votes: { good, bad } }).score;

describe('votes on a passage', () => {
  it('never move it further than a little, however many there are', () => {
    const many = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(many, many, (good, bad) => {
        const moved = scored(good, bad) / scored(0, 0);
        expect(moved).toBeGreaterThan(0.95);
        expect(moved).toBeLessThan(1.11);
        expect(scored(good + 1, bad)).toBeGreaterThanOrEqual(scored(good, bad));
        expect(scored(good, bad + 1)).toBeLessThanOrEqual(scored(good, bad));
      }),
    );
  });

  it('weigh the less the fewer there are, and nothing where people disagree', () => {
    expect(scored(1, 0) - scored(0, 0)).toBeLessThan((scored(9, 0) - scored(0, 0)) / 2);
    expect(scored(5, 5)).toBe(scored(0, 0));
  });
});

describe('votes are counted', () => {
  const SPACE = 'slack:T1';
  const place = (channelId: string): Reader => ({ kind: 'place', space: SPACE, channelId });
  let team: TestFeedback;
  beforeEach(async () => {
    team = await openTestFeedback({ confirmedBy: null });
    await team.ingest.space({ id: SPACE, platform: 'slack', name: 'acme' }, [
      { id: 'ANNA', name: 'Anna', isBot: false, isGuest: false },
    ]);
    for (const key of ['ops', 'board']) {
      const audience =
        key === 'ops' ? ({ kind: 'everybody' } as const) : ({ kind: 'members', personIds: ['ANNA'] } as const);
      const source = await team.ingest.source({ spaceId: SPACE, kind: 'channel', key, name: `#${key}`, audience });
      if (key === 'ops')
        await team.ingest.messages(source, [said('ops-1', 0, 'ANNA', 'The VPN is at vpn.acme.example.')]);
    }
    await team.settle();
  });
  afterEach(() => team.close());

  async function tally(reader: Reader) {
    const audienceIds = team.store.audiences(reader).map(({ id }) => id);
    const [passage] = await team.find('where is the VPN', reader);
    const [votes] = team.store.passageVotes([passage?.passage.id ?? 0], { audienceIds });
    return votes && [votes.good, votes.bad];
  }

  it('once a person, however many answers cite the passage, and not at all from who voted both ways', async () => {
    const asked = [await team.ask('where is the VPN', place('ops')), await team.ask('VPN address?', place('ops'))];
    for (const answerId of asked) await team.feedback.vote(team.ballot(answerId, 'p1'), 'down');
    await team.feedback.vote(team.ballot(asked[0] ?? '', 'p2'), 'up');
    await team.feedback.vote(team.ballot(asked[0] ?? '', 'p3'), 'up');
    await team.feedback.vote(team.ballot(asked[1] ?? '', 'p3'), 'down');
    expect(await tally(place('ops'))).toEqual([1, 1]);
  });

  it('only for who may read where they were cast', async () => {
    await team.feedback.vote(team.ballot(await team.ask('where is the VPN', place('board')), 'p1'), 'up');
    expect(await tally(place('ops'))).toBeUndefined();
    expect(await tally(place('board'))).toEqual([1, 0]);
  });
});
