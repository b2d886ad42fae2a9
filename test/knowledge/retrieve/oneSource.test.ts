import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestKnowledge, said } from '../ingest/openTestKnowledge.ts';

let knowledge: Awaited<ReturnType<typeof openTestKnowledge>>;
const sources: number[] = [];
beforeEach(async () => {
  knowledge = await openTestKnowledge();
  const space = { id: 'discord:1', platform: 'discord', name: 'Acme' } as const;
  await knowledge.ingest.space(space, [{ id: 'ANNA', name: 'anna', isBot: false, isGuest: false }]);
  sources.length = 0;
  for (const [key, personIds] of [
    ['open', undefined],
    ['also', undefined],
    ['board', ['ANNA']],
  ] as const) {
    const audience = personIds ? { kind: 'members' as const, personIds } : { kind: 'everybody' as const };
    const source = await knowledge.ingest.source({
      spaceId: space.id,
      kind: 'channel',
      key,
      name: `#${key}`,
      audience,
    });
    await knowledge.ingest.messages(source, [said(key, 0, 'ANNA', `the budget secret of ${key} is ${key}`)]);
    sources.push(source);
  }
  await knowledge.settle();
});
afterEach(() => knowledge.close());

async function found(sourceId: number | undefined, personId?: string) {
  const { hits } = await knowledge.retrieve({
    question: 'what is the budget secret?',
    ...{ history: [], limit: 100, signal: new AbortController().signal },
    reader: personId ? { kind: 'person', space: 'discord:1', personId } : { kind: 'everybody', spaces: ['discord:1'] },
    ...(sourceId === undefined ? {} : { sourceId }),
  });
  return hits.map(({ passage }) => passage.sourceName).sort();
}

it('only what belongs to the source that was chosen is found', async () => {
  expect(await found(undefined)).toEqual(['#also', '#open']);
  expect(await found(sources[0])).toEqual(['#open']);
  expect(await found(sources[2], 'ANNA')).toEqual(['#board']);
});

it('and nothing where the reader may not read it, or it is not there', async () => {
  expect(await found(sources[2])).toEqual([]);
  expect(await found(0, 'ANNA')).toEqual([]);
});
