import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Reader } from '../../../src/knowledge/Reader.ts';
import { said } from '../../knowledge/ingest/openTestKnowledge.ts';
import { openTestFeedback, type TestFeedback } from '../openTestFeedback.ts';

const SPACE = 'slack:T1';
const PEOPLE = ['ANNA', 'BEN', 'GUEST'];
const CHANNELS = ['c0', 'c1', 'c2'];
const QUESTION = 'what is the budget plan?';

type Members = readonly string[] | 'everybody';
const members = fc.oneof(fc.constant('everybody' as const), fc.subarray(PEOPLE, { minLength: 1 }));
const place = (channelId: string): Reader => ({ kind: 'place', space: SPACE, channelId });
const person = (personId: string): Reader => ({ kind: 'person', space: SPACE, personId });

async function declare(team: TestFeedback, key: string, who: Members): Promise<number> {
  const audience =
    who === 'everybody' ? ({ kind: 'everybody' } as const) : ({ kind: 'members', personIds: who } as const);
  return team.ingest.source({ spaceId: SPACE, kind: 'channel', key, name: `#${key}`, audience });
}

const readsChannel = (personId: string, who: Members) =>
  who === 'everybody' ? personId !== 'GUEST' : who.includes(personId);

it('nobody ever finds what was learned in a place that they do not read, or from passages that they do not', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('correct' as const), channel: fc.constantFrom(...CHANNELS) }),
    fc.record({ kind: fc.constant('move' as const), channel: fc.constantFrom(...CHANNELS), to: members }),
    fc.record({ kind: fc.constant('dm' as const), who: fc.constantFrom(...PEOPLE) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(members, members, members),
      fc.array(step, { minLength: 2, maxLength: 7 }),
      async (first, steps) => {
        const team = await openTestFeedback();
        try {
          const now = new Map<string, Members>(CHANNELS.map((key, i) => [key, first[i] as Members]));
          await team.ingest.space(
            { id: SPACE, platform: 'slack', name: 'acme' },
            PEOPLE.map((id) => ({ id, name: id, isBot: false, isGuest: id === 'GUEST' })),
          );
          for (const key of CHANNELS) {
            const source = await declare(team, key, now.get(key) as Members);
            await team.ingest.messages(source, [said(`${key}-1`, 0, 'ANNA', `the budget plan of ${key} is short`)]);
          }
          await team.settle();
          /** What each lesson needs: its own place, and the places of what its answer was offered. */
          const lessons: { text: string; home: string | undefined; only?: string; rests: string[] }[] = [];
          for (const [i, one] of steps.entries()) {
            if (one.kind === 'move') {
              now.set(one.channel, one.to);
              await declare(team, one.channel, one.to);
            } else {
              const reader = one.kind === 'dm' ? person(one.who) : place(one.channel);
              const hits = (await team.find(QUESTION, reader)).slice(0, 4);
              const before = hits.flatMap(({ passage }) => lessons.filter(({ text }) => text === passage.text));
              const places = hits
                .filter(({ passage }) => !passage.learned)
                .map(({ passage }) => passage.sourceName.slice(1));
              const asked = await team.ask(QUESTION, reader);
              const text = `Lesson number ${i} says otherwise.`;
              await team.feedback.correct(team.ballot(asked, `slack:T1:U${i}`), text);
              if (i % 2 === 0) await team.learner.idle();
              lessons.push({
                text,
                home: one.kind === 'dm' ? undefined : one.channel,
                ...(one.kind === 'dm' ? { only: one.who } : {}),
                rests: [...places, ...before.flatMap(({ rests, home }) => [...rests, ...(home ? [home] : [])])],
              });
            }
            for (const who of PEOPLE) {
              const found = (await team.find(QUESTION, person(who))).filter(({ passage }) => passage.learned);
              for (const { passage } of found) {
                const lesson = lessons.find(({ text }) => text === passage.text);
                const needs = [...(lesson?.rests ?? []), ...(lesson?.home ? [lesson.home] : [])];
                expect(needs.every((key) => readsChannel(who, now.get(key) as Members))).toBe(true);
                if (lesson?.only) expect(who).toBe(lesson.only);
              }
            }
          }
        } finally {
          await team.close();
        }
      },
    ),
    { numRuns: 12 },
  );
}, 60_000);
