import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackscrollError } from '../../src/base/BackscrollError.ts';
import { createLog } from '../../src/base/log.ts';
import { createSchedule } from '../../src/sync/createSchedule.ts';
import type { Item, Source } from '../../src/sync/sources/Source.ts';
import { openTestSync, type TestSync } from './openTestSync.ts';
import { readIndex } from './readIndex.ts';
import { catalogueOf, page, scripted, TO } from './scriptedSource.ts';

const HOUR_MS = 3_600_000;
let sources: Source[] = [];
let sync: TestSync;

beforeEach(async () => {
  sources = [];
  sync = await openTestSync({ catalogues: [catalogueOf(() => sources)], settings: { atOnce: 2 } });
  await sync.ingest.space({ id: 'local:test', platform: 'local', name: 'test' }, []);
});
afterEach(async () => {
  await sync.stop();
  await sync.fake.stop();
});

const texts = () => readIndex(sync).texts.join('\n');
const state = (name: string) => sync.store.syncStates.find(`test:${name}`);
async function* items(...given: Item[]) {
  yield* given;
}

describe('a sync', () => {
  it('goes on past a source that fails, and past one that never answers', async () => {
    sources = [
      scripted('broken', async function* () {
        yield page('one', 'The printer is on the third floor.');
        throw new BackscrollError('refused', 'The token was revoked. Make a new one.');
      }),
      scripted('silent', async function* () {
        await new Promise(() => {});
        yield page('never', 'never');
      }),
      scripted('sound', () => items(page('two', 'The badge is with the porter.'))),
    ];
    const { sources: outcomes } = await sync.run();
    expect(outcomes.map(({ error }) => error)).toEqual([
      'The token was revoked. Make a new one.',
      expect.stringContaining('has not answered for 20 minutes'),
      undefined,
    ]);
    expect(texts()).toContain('third floor');
    expect(texts()).toContain('porter');
    expect(state('broken')).toMatchObject({ failures: 1, error: 'The token was revoked. Make a new one.' });
    expect(state('sound')).toMatchObject({ failures: 0, successMs: expect.any(Number) });
  });

  it('goes on past a document that cannot be read, says which, and forgets it when it can', async () => {
    let isBroken = true;
    sources = [
      scripted('docs', () =>
        items(
          isBroken
            ? { kind: 'failure', key: 'bad.pdf', sentence: 'bad.pdf is no PDF. Look at the file.' }
            : page('bad.pdf', 'It is one now.'),
          page('good', 'The badge is with the porter.'),
        ),
      ),
    ];
    await sync.run();
    expect(texts()).toContain('porter');
    expect(state('docs')).toMatchObject({ failures: 0 });
    expect(sync.store.syncDocuments.failed(5)).toMatchObject({ count: 1, latest: [{ key: 'bad.pdf' }] });
    isBroken = false;
    await sync.run();
    expect(sync.store.syncDocuments.failed(5).count).toBe(0);
  });

  it('writes how far it is only after what it brought: cut off anywhere, nothing is lost', async () => {
    const given: Item[] = [
      page('a', 'apples'),
      { kind: 'cursor', cursor: '1' },
      page('b', 'pears'),
      { kind: 'cursor', cursor: '2' },
    ];
    let from: string | undefined;
    sources = [
      scripted('docs', async function* (cursor) {
        from = cursor;
        for (const item of given.slice(Number(cursor ?? 0) * 2)) {
          yield item;
          if (item.kind === 'page' && item.key === 'b' && cursor === undefined) throw new Error('killed');
        }
      }),
    ];
    await sync.run();
    expect(state('docs')?.cursor).toBe('1');
    await sync.run();
    expect(from).toBe('1');
    expect(state('docs')?.cursor).toBe('2');
    expect(texts()).toMatch(/apples[\s\S]*pears/);
  });

  it('runs a source once at a time, however often it is asked for', async () => {
    let running = 0;
    let most = 0;
    sources = [
      scripted('slow', async function* () {
        most = Math.max(most, ++running);
        await sync.time.wait(1_000);
        running--;
        yield page('a', 'apples');
      }),
    ];
    await Promise.all([sync.run(), sync.run(), sync.run()]);
    expect(most).toBe(1);
  });

  it('takes away what is listed no more, but more than a share of it only when two runs agree', async () => {
    let there = Array.from({ length: 60 }, (_, i) => `page-${i}`);
    const listing = (keys: () => readonly string[]): Partial<Source> => ({
      everything: {
        async *list() {
          yield { to: TO, keys: keys() };
        },
      },
    });
    sources = [
      scripted(
        'docs',
        () => items(...there.map((key) => page(key, `This is ${key}.`))),
        listing(() => there),
      ),
    ];
    await sync.run();
    expect(readIndex(sync).passages).toHaveLength(60);
    there = there.slice(0, 55);
    await sync.run();
    expect(readIndex(sync).passages).toHaveLength(55);
    there = there.slice(0, 5);
    await sync.run();
    expect(readIndex(sync).passages).toHaveLength(55);
    expect(sync.sync.now.alerts()).toMatchObject([{ kind: 'shrinks' }]);
    await sync.run();
    expect(readIndex(sync).passages).toHaveLength(5);
    expect(sync.sync.now.alerts()).toEqual([]);
  });

  it('takes nothing away when the list could not be read to its end', async () => {
    let fails = false;
    sources = [
      scripted('docs', () => (fails ? items() : items(page('a', 'apples'), page('b', 'pears'))), {
        everything: {
          async *list() {
            yield { to: TO, keys: ['a'] };
            if (fails) throw new BackscrollError('unavailable', 'The list broke off.');
            yield { to: TO, keys: ['b'] };
          },
        },
      }),
    ];
    await sync.run();
    fails = true;
    await sync.run();
    expect(texts()).toContain('pears');
  });

  it('names what there is when it is asked for a source that there is not', async () => {
    sources = [scripted('docs', () => items())];
    await expect(sync.run('nonsense')).rejects.toThrow('no source called "nonsense". There are: test:docs');
  });

  it('forgets a source that is gone, and keeps those of a kind that cannot tell', async () => {
    sources = [scripted('docs', () => items(page('a', 'apples')))];
    await sync.run();
    sources = [];
    await sync.until(sync.sync.look());
    expect(state('docs')).toBeUndefined();
    expect(texts()).toContain('apples');
  });
});

describe('alerts', () => {
  it('tell of what is stale beyond its promise and of what fails again and again, in words that help', async () => {
    let fails = false;
    sources = [
      scripted('docs', async function* () {
        if (fails) throw new BackscrollError('refused', 'The token was revoked. Make a new one.');
        yield page('a', 'apples');
      }),
    ];
    await sync.run();
    expect(sync.sync.now.alerts()).toEqual([]);
    sync.fake.clock.advance(2 * HOUR_MS);
    expect(sync.sync.now.alerts()).toMatchObject([{ kind: 'stale', sentence: expect.stringContaining('2 h behind') }]);
    fails = true;
    for (let i = 0; i < 3; i++) await sync.run();
    expect(sync.sync.now.alerts()).toMatchObject([
      { kind: 'fails', sentence: expect.stringContaining('token was revoked') },
    ]);
    fails = false;
    await sync.run();
    expect(sync.sync.now.alerts()).toEqual([]);
  });
});

describe('a source that the operator removed', () => {
  it('brings nothing more, from the middle of a run on, until it is taken back; then all of it again', async () => {
    const begun = Promise.withResolvers<void>();
    let isFirst = true;
    sources = [
      scripted('docs', async function* (cursor, { signal }) {
        yield page('a', 'apples');
        yield { kind: 'cursor', cursor: `${cursor ?? 'first'}+` };
        begun.resolve();
        // It was removed while this was on its way.
        if (isFirst) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        isFirst = false;
        yield page('b', 'pears');
      }),
      scripted('others', () => items(page('c', 'plums'))),
    ];
    const run = sync.run();
    await sync.until(begun.promise);
    const left = sync.sync.choice.leaveOut({ id: 'test:docs', name: 'docs' });
    await sync.until(left);
    await run;
    expect(texts()).not.toContain('pears');
    expect(state('docs')).toBeUndefined();
    const { sources: outcomes } = await sync.run();
    expect(outcomes.map(({ name }) => name)).toEqual(['others']);
    await expect(sync.run('docs')).rejects.toThrow('remove --undo "docs"');
    expect(await sync.sync.choice.takeBack('DOCS')).toEqual([{ id: 'test:docs', name: 'docs' }]);
    await sync.run();
    expect(texts()).toContain('pears');
    // From its beginning.
    expect(state('docs')?.cursor).toBe('first+');
  });

  it('is every one of a space that was removed, but not what messages there link to', async () => {
    sources = [scripted('docs', () => items(page('a', 'apples')))];
    sync.sync.add(catalogueOf(() => [{ ...linked, about: { ...linked.about, kind: 'links' } }], 'links'));
    await sync.sync.choice.leaveOut({ id: 'local:test', name: 'test' });
    const { sources: outcomes } = await sync.run();
    expect(outcomes.map(({ name }) => name)).toEqual(['linked']);
  });
  const linked = scripted('linked', () => items(page('b', 'pears')));
});

describe('the schedule', () => {
  it('reads what is new at once, each source when its cron strikes, and tells each trouble once', async () => {
    const runs: string[] = [];
    const counted = (name: string, cron: string) =>
      scripted(
        name,
        async function* () {
          runs.push(name);
          yield page(name, `The text of ${name}.`);
        },
        { cron },
      );
    sources = [counted('hourly', '0 * * * *'), counted('daily', '0 3 * * *')];
    const told: string[] = [];
    const schedule = createSchedule({
      ...{
        sync: sync.sync,
        states: sync.store.syncStates,
        cron: sync.cron,
        timing: sync.time,
        log: createLog('silent'),
      },
      tell: async ({ sentence }) => void told.push(sentence),
      tidy: () => {},
    });
    const settled = () => sync.until(sync.time.wait(30_000));
    await sync.until(schedule.start());
    await settled();
    expect(runs.toSorted()).toEqual(['daily', 'hourly']);
    sync.cron.strike('0 * * * *');
    await settled();
    expect(runs.toSorted()).toEqual(['daily', 'hourly', 'hourly']);
    sources = [...sources, counted('fresh', '0 4 * * *')];
    schedule.soon('test:daily');
    await settled();
    expect(runs.toSorted()).toEqual(['daily', 'daily', 'fresh', 'hourly', 'hourly']);
    sync.fake.clock.advance(2 * HOUR_MS);
    for (let i = 0; i < 3; i++) {
      sync.cron.strike('* * * * *');
      await settled();
    }
    expect(told).toHaveLength(3);
    await sync.until(schedule.stop());
    expect(sync.cron.expressions).toEqual([]);
  });

  it('a clock that jumps makes nobody wait and nothing lost', async () => {
    sources = [scripted('docs', () => items(page('a', 'apples')))];
    await sync.run();
    sync.fake.clock.advance(400 * 24 * HOUR_MS);
    await sync.run();
    expect(state('docs')).toMatchObject({ failures: 0 });
    expect(sync.sync.now.alerts()).toEqual([]);
  });
});
