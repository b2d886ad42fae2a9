import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptied } from '../../../src/sync/channels/ChannelHistory.ts';
import { runImport } from '../../../src/sync/import/runImport.ts';
import { openTestKnowledge } from '../../knowledge/ingest/openTestKnowledge.ts';
import { reading } from '../import/pageReading.ts';
import { openTestSync, startStillSlack, type TestSync } from '../openTestSync.ts';
import { readIndex } from '../readIndex.ts';
import { createLife } from './live.ts';
import { createRandom } from './random.ts';
import { truthOf, writeExport } from './truth.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CHANNELS = ['C1', 'C2', 'C3'];
const PEOPLE = ['U1', 'U2', 'U3', 'U4'];
const FORGOTTEN = 'U4';
const SEEDS = process.env.SYNC_SEED ? [Number(process.env.SYNC_SEED)] : [2, 8, Date.now() % 1_000_000];

/**
 * A month in a workspace: an export of its first days is imported, sync runs on top of it, people say, edit, delete,
 * answer late and react; events are lost, come twice and in another order; the process is killed in the middle of what
 * it does. In the end everything is read once more, and what can be found is what a fresh home would find.
 */
it.each(SEEDS)(
  'a month of life ends with the index equal to the platform’s truth (seed %i; SYNC_SEED repeats it)',
  async (seed) => {
    const random = createRandom(seed);
    const fake = await startStillSlack({ limits: 'off' });
    for (const id of PEOPLE) fake.addUser(id, { name: id.toLowerCase() });
    for (const id of CHANNELS) fake.addChannel(id, PEOPLE, { name: `room-${id.toLowerCase()}` });
    const life = createLife(fake, random, { channels: CHANNELS, people: PEOPLE });
    const folder = await mkdtemp(join(tmpdir(), 'backscroll-test-'));
    const left = new Set<string>();
    let sync: TestSync = await openTestSync({ fake });

    function live(days: number, steps: number) {
      for (let i = 0; i < steps; i++) {
        fake.clock.advance(Math.floor((days * DAY_MS * random.next() * 2) / steps));
        life.step();
      }
    }
    async function importNow() {
      await writeExport(fake, folder, CHANNELS, PEOPLE);
      await runImport({
        ...{ path: folder, spaceName: 'acme', ingest: sync.ingest, reading },
        resolveSpace: (name) => sync.store.spaces.find(name),
        signal: new AbortController().signal,
      });
      sync.store.settings.set(`imported slack:${fake.teamId}`, String(fake.clock.now()));
    }
    /** Somebody is left out from now on, and backwards, as `feedback/forget` does it. */
    async function forget(spaceId: string): Promise<void> {
      const { optOuts, forgetting } = sync.store;
      await optOuts.add({ spaceId, personId: FORGOTTEN, scope: 'everything' });
      const person = { spaceId, personId: FORGOTTEN, voter: '' };
      for (let some = forgetting.messages(person, 50); some; some = forgetting.messages(person, 50)) {
        await sync.ingest.messages(some.sourceId, some.ids.map(emptied));
      }
      await sync.ingest.settle({ signal: new AbortController().signal });
    }
    /** Another process takes up what a kill -9 left of this one, at whatever it was. */
    async function killAndStart() {
      const killed = sync.killed();
      const dead = sync;
      sync = await openTestSync({ fake, left: { opened: await killed.opened, index: killed.index } });
      await dead.stop();
      await sync.listen();
      await sync.until(sync.keeping.slack?.hearing.resume() ?? Promise.resolve());
    }

    try {
      live(3, 40);
      await importNow();
      await sync.listen();
      for (let day = 0; day < 27; day++) {
        live(1, 6);
        const dice = random.next();
        if (dice < 0.15)
          sync.loseEvents(); // an outage
        else if (dice < 0.3) await sync.hear((events) => [...events, ...events.slice(-3)]);
        else if (dice < 0.45) await sync.hear((events) => events.toReversed());
        else await sync.hear();
        if (random.chance(0.3)) {
          // In the middle of a run, and of what people do meanwhile.
          const running = sync.run().catch(() => undefined); // a process that is killed does not come to its end
          for (let turns = random.below(60); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
          live(0.01, 3);
          if (random.chance(0.6)) {
            await killAndStart();
            await running.catch(() => {});
          } else await running;
        }
        if (day === 12) await importNow();
        if (day === 20) {
          left.add(FORGOTTEN);
          await sync.until(forget(`slack:${fake.teamId}`));
        }
      }
      // Past the time within which everything is read again.
      await sync.run();
      fake.clock.advance(8 * DAY_MS);
      await sync.run();
      fake.clock.advance(8 * DAY_MS);
      await sync.hear();
      await sync.run();

      const fresh = await openTestKnowledge();
      const spaceId = `slack:${fake.teamId}` as const;
      await fresh.ingest.space({ id: spaceId, platform: 'slack', name: 'acme' }, []);
      for (const key of CHANNELS) {
        const facts = {
          spaceId,
          kind: 'channel' as const,
          key,
          name: `#room-${key}`,
          audience: { kind: 'everybody' as const },
        };
        const source = await fresh.ingest.source({ ...facts, url: `https://${fake.domain}.slack.com/archives/${key}` });
        await fresh.ingest.messages(source, truthOf(fake, key, left));
      }
      await fresh.settle();
      const [found, truth] = [readIndex(sync), readIndex({ opened: fresh, index: fresh.index })];
      await fresh.close();
      expect(truth.passages.length).toBeGreaterThan(20);
      expect(found.messages).toEqual(truth.messages);
      expect(found.passages).toEqual(truth.passages);
      expect(found.vectors.isExact).toBe(true);
      expect(fake.violations).toEqual([]);
    } finally {
      await sync.stop();
      await fake.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
