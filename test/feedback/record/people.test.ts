import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordsWanted } from '../../../src/feedback/record/createPreferenceRecords.ts';
import type { AnswerWords } from '../../../src/feedback/record/PreferenceRecords.ts';
import { createRedact } from '../../../src/feedback/redact/createRedact.ts';
import type { Reader } from '../../../src/knowledge/Reader.ts';
import { said } from '../../knowledge/ingest/openTestKnowledge.ts';
import { openTestFeedback, type TestFeedback } from '../openTestFeedback.ts';

const SPACE = 'slack:T1';
const OPS: Reader = { kind: 'place', space: SPACE, channelId: 'ops' };
const WEB: Reader = { kind: 'everybody', spaces: [SPACE] };
const redact = createRedact((spaceId, personId) => `[${spaceId} ${personId}]`);
let team: TestFeedback;
let ops: number;

const person = (id: string, name: string, more: { handle?: string; alsoCalled?: string[]; isBot?: boolean } = {}) => ({
  ...{ id, name, isBot: false, isGuest: false },
  ...more,
});
const meet = (...people: ReturnType<typeof person>[]) =>
  team.ingest.space({ id: SPACE, platform: 'slack', name: 'acme' }, people);

beforeEach(async () => {
  team = await openTestFeedback();
  await meet(person('ANNA', 'anna', { handle: 'aberg', alsoCalled: ['Anna Berg'] }));
  const about = { spaceId: SPACE, kind: 'channel', key: 'ops', name: '#ops' } as const;
  ops = await team.ingest.source({ ...about, audience: { kind: 'everybody' } });
  await team.ingest.messages(ops, [
    said('ops-1', 0, 'ANNA', 'The VPN of Joris Maes is at vpn.acme.example, ask Anna Berg.'),
  ]);
  await team.settle();
});
afterEach(() => team.close());

/** All that an answer's row would say, after the record was read as an export reads it. */
async function exported(answerId: string) {
  let words: AnswerWords | undefined;
  for (const range of await team.records.ranges()) {
    const batch = await team.records.prepared(range);
    words = team.records.words(batch.map(wordsWanted)).get(answerId) ?? words;
  }
  if (!words) throw new Error('gone');
  const clean = (found: Parameters<typeof redact>[0]) => redact(found, SPACE).text;
  return {
    question: clean(words.question),
    answer: clean(words.answer),
    corrections: [...words.corrections.values()].map(clean),
    passages: words.passages.map((passage) => ({ title: clean(passage.title), text: clean(passage) })),
  };
}

describe('people are known in every text around an answer', () => {
  it('by their display name, real name and handle', async () => {
    const asked = await team.ask('Does Anna Berg know of the VPN? Or aberg, or anna?', OPS);
    await team.feedback.vote(team.ballot(asked, 'p'), 'up');
    const who = `[${SPACE} ANNA]`;
    expect((await exported(asked)).question).toBe(`Does ${who} know of the VPN? Or ${who}, or ${who}?`);
  });

  it('in what is asked in the web chat, whose texts are of no space', async () => {
    const asked = await team.ask('Does Anna Berg know of the VPN?', WEB, { platform: 'web', answer: 'Ask Anna Berg.' });
    await team.feedback.vote(team.ballot(asked, 'p'), 'up');
    const { question, answer } = await exported(asked);
    expect([question, answer]).toEqual([`Does [${SPACE} ANNA] know of the VPN?`, `Ask [${SPACE} ANNA].`]);
  });

  it('in a correction and in the title of a passage', async () => {
    const asked = await team.ask('Where is the VPN?', OPS);
    await team.feedback.correct(team.ballot(asked, 'p'), 'Anna Berg moved it.');
    const { corrections, passages } = await exported(asked);
    expect(corrections).toEqual([`[${SPACE} ANNA] moved it.`]);
    expect(passages[0]?.title).not.toContain('Anna Berg');
    expect(passages[0]?.text).toContain(`ask [${SPACE} ANNA]`);
  });
});

describe('somebody who becomes known later', () => {
  it('is found in what was looked at before', async () => {
    const asked = await team.ask('Where is the VPN of Joris Maes?', OPS);
    await team.feedback.vote(team.ballot(asked, 'p'), 'up');
    expect((await exported(asked)).question).toContain('Joris Maes');
    await meet(person('JORIS', 'joris', { alsoCalled: ['Joris Maes'] }));
    const { question, passages } = await exported(asked);
    expect(question).toBe(`Where is the VPN of [${SPACE} JORIS]?`);
    expect(passages[0]?.text).toContain(`The VPN of [${SPACE} JORIS] is`);
    expect(JSON.stringify(passages)).not.toContain('Joris');
    expect(JSON.stringify(passages)).not.toContain('Anna Berg');
  });

  it('by another name is found by both', async () => {
    const asked = await team.ask('Where is the VPN of Joris Maes?', OPS);
    await team.feedback.vote(team.ballot(asked, 'p'), 'up');
    await meet(person('JORIS', 'Joris Maes'));
    await meet(person('JORIS', 'Somebody Else'));
    expect((await exported(asked)).question).not.toContain('Joris');
  });

  it('costs nothing once their texts were looked at', async () => {
    const asked = await team.ask('Where is the VPN?', OPS);
    await team.feedback.vote(team.ballot(asked, 'p'), 'up');
    await exported(asked);
    let looks = 0;
    const { checked } = team.store.textChecks;
    (team.store.textChecks as { checked: typeof checked }).checked = (...order) => {
      looks++;
      return checked(...order);
    };
    await exported(asked);
    expect(looks).toBe(0);
    await meet(person('JORIS', 'Joris Maes'));
    await exported(asked);
    expect(looks).toBeGreaterThan(0);
  });
});

it('who was forgotten does not come back by name, and is called nothing any more', async () => {
  const asked = await team.ask('Does Anna Berg know of the VPN?', OPS);
  await team.feedback.vote(team.ballot(asked, 'p'), 'up');
  await exported(asked);
  await team.store.forgetting.feedback({ spaceId: SPACE, personId: 'ANNA', voter: 'nobody' });
  expect(team.store.personNames.list(SPACE)).toEqual([]);
  await meet(person('JORIS', 'Joris Maes'));
  expect((await exported(asked)).question).not.toContain('Anna');
  const later = await team.ask('Where is Anna Berg?', OPS);
  await team.feedback.vote(team.ballot(later, 'p'), 'up');
  expect((await exported(later)).question).toBe('Where is Anna Berg?');
});

it('bots have no names to protect', async () => {
  await meet(person('B1', 'Jira Cloud', { isBot: true }));
  expect(
    team.store.personNames
      .list(SPACE)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['Anna Berg', 'aberg', 'anna']);
});

it('a secret in the title of a passage is one in the passage', async () => {
  await team.ingest.messages(ops, [said('ops-2', 600, 'ANNA', `Printer password: ${'Tr0ub4dor'}`)]);
  await team.settle();
  const asked = await team.ask('What is the printer password?', OPS);
  await team.feedback.vote(team.ballot(asked, 'p'), 'up');
  for (const range of await team.records.ranges()) {
    const batch = await team.records.prepared(range);
    for (const { passages } of batch) {
      const printer = passages.filter(({ findings }) => findings.some(({ kind }) => kind === 'secret'));
      expect(printer.length).toBeGreaterThan(0);
    }
  }
  expect(JSON.stringify((await exported(asked)).passages)).not.toContain('Tr0ub4dor');
});
