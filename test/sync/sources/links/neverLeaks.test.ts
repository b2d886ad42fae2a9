import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SourceFacts } from '../../../../src/knowledge/ingest/Ingest.ts';
import type { Reader } from '../../../../src/knowledge/Reader.ts';
import { createLinksSource } from '../../../../src/sync/sources/links/createLinksSource.ts';
import { createWebReader } from '../../../../src/sync/web/createWebReader.ts';
import { reading } from '../../import/pageReading.ts';
import { openTestSources } from '../openTestSources.ts';

const CHANNELS = ['C1', 'C2', 'C3'] as const;
const PAGES = 4;
const READERS = ['everybody', 'ANNA', 'BEN', 'GUEST'] as const;
/** Who may be in a channel; `undefined`: everybody in the space, which guests are not. */
const MEMBERS = [undefined, ['ANNA'], ['ANNA', 'BEN'], ['GUEST']] as const;

type Channel = (typeof CHANNELS)[number];
type Step =
  | { readonly kind: 'say'; readonly channel: Channel; readonly message: number; readonly pages: readonly number[] }
  | { readonly kind: 'open'; readonly channel: Channel; readonly members: (typeof MEMBERS)[number] }
  | { readonly kind: 'run' };

const channel = fc.constantFrom(...CHANNELS);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    ...{ kind: fc.constant('say' as const), channel, message: fc.nat(2) },
    pages: fc.uniqueArray(fc.nat(PAGES - 1), { maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant('open' as const), channel, members: fc.constantFrom(...MEMBERS) }),
  fc.record({ kind: fc.constant('run' as const) }),
);

it('whatever is linked where, and however channels open and close, a page is found by exactly those who may read a link to it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const test = await openTestSources();
      try {
        await follow(test, steps);
      } finally {
        await test.close();
      }
    }),
    { numRuns: 8 },
  );
});

async function follow(test: Awaited<ReturnType<typeof openTestSources>>, steps: readonly Step[]) {
  const url = (page: number) => test.web.at('docs.example', `/p${page}`);
  for (let page = 0; page < PAGES; page++) {
    test.web.put(url(page), {
      body: `<title>P${page}</title><p>The lighthouse has page ${page}.</p>`,
      etag: `"${page}"`,
    });
  }
  const source = createLinksSource(test.spaceId, 'Team', {
    ...{ links: test.store.messageLinks, pages: test.store.linkedPages, worthReading: () => true },
    readers: [createWebReader({ fetch: test.polite.fetch, reading })],
    settings: {
      ...{ cron: '* * * * *', refreshMs: 86_400_000, staleAfterMs: 1, perMessage: 5, atOnce: 2 },
      ...{ depth: 0, depthHosts: [] },
    },
  });
  const members = new Map<Channel, (typeof MEMBERS)[number]>();
  const said = new Map<string, readonly number[]>();
  /** What each channel linked to when it was looked at last. */
  let indexed = new Map<string, readonly number[]>();
  const declare = (key: Channel) => {
    const personIds = members.get(key);
    const audience: SourceFacts['audience'] = personIds ? { kind: 'members', personIds } : { kind: 'everybody' };
    return test.channel(key, audience);
  };
  const reads = (reader: string, key: Channel) => {
    const personIds: readonly string[] | undefined = members.get(key);
    return personIds ? personIds.includes(reader) : reader !== 'GUEST';
  };
  const linkedFor = (reader: string, among: ReadonlyMap<string, readonly number[]>) =>
    new Set([...among].filter(([key]) => reads(reader, key.slice(0, 2) as Channel)).flatMap(([, pages]) => pages));
  const found = async (reader: string) => {
    const who: Reader =
      reader === 'everybody'
        ? { kind: 'everybody', spaces: [test.spaceId] }
        : { kind: 'person', space: test.spaceId, personId: reader };
    const rows = await test.found('the lighthouse page', who);
    return new Set(rows.map((row) => Number(/\/p(\d)/.exec(row)?.[1])));
  };

  for (const key of CHANNELS) await declare(key);
  for (const step of [...steps, { kind: 'run' } as const]) {
    if (step.kind === 'open') {
      members.set(step.channel, step.members);
      await declare(step.channel);
    } else if (step.kind === 'say') {
      const id = `${step.channel}-${step.message}`;
      const text = step.pages.map(url).join(' ');
      await test.say(Number(await declare(step.channel)), id, text === '' ? 'nothing now' : text);
      said.set(id, step.pages);
    } else {
      const outcome = await test.run(source);
      expect(outcome.error).toBeUndefined();
      indexed = new Map(said);
      for (const reader of READERS) expect([reader, await found(reader)]).toEqual([reader, linkedFor(reader, said)]);
    }
    // At every moment, whatever was not looked at yet.
    for (const reader of READERS) {
      const allowed = linkedFor(reader, indexed);
      for (const page of await found(reader)) expect(allowed).toContain(page);
    }
  }
}
