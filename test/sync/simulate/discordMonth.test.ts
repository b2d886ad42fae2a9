import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readExportedMessage } from '../../../src/platforms/discord/readMessage.ts';
import { runImport } from '../../../src/sync/import/runImport.ts';
import { openTestKnowledge } from '../../knowledge/ingest/openTestKnowledge.ts';
import { reading } from '../import/pageReading.ts';
import { openTestDiscord, startStillDiscord, type TestDiscord } from '../openTestDiscord.ts';
import { readIndex } from '../readIndex.ts';
import { createDiscordLife } from './discordLife.ts';
import { createRandom } from './random.ts';
import { exportedMessage, placesOf, writeDiscordExport } from './writeDiscordExport.ts';

const DAY_MS = 86_400_000;
const SEEDS = process.env.SYNC_SEED ? [Number(process.env.SYNC_SEED)] : [3, Date.now() % 1_000_000];

/**
 * A month in a server, as `month.test.ts` lives one in a workspace: threads are begun, archived and deleted and posts
 * written; sessions are lost, and events come again; the process is killed. What an import of the truth into a fresh home
 * would find is what is found.
 */
it.each(SEEDS)(
  'a month of life in Discord ends with the index equal to the server’s truth (seed %i; SYNC_SEED repeats it)',
  async (seed) => {
    const random = createRandom(seed);
    const fake = await startStillDiscord({ limits: 'off' });
    const people = ['ann', 'bob', 'cyd', 'dee'].map((name) => fake.addUser(name));
    const guild = fake.addGuild('Acme', { members: people });
    const text = [fake.addChannel(guild, 'ops'), fake.addChannel(guild, 'launch')];
    const forum = fake.addChannel(guild, 'help', { kind: 'forum' });
    const life = createDiscordLife(fake, random, { guild, people });
    const folder = await mkdtemp(join(tmpdir(), 'backscroll-test-'));
    const { signal } = new AbortController();
    let sync: TestDiscord = await openTestDiscord({ fake });

    function live(days: number, steps: number) {
      for (let i = 0; i < steps; i++) {
        fake.clock.advance(1 + Math.floor((days * DAY_MS * random.next() * 2) / steps));
        life.step();
      }
    }
    async function importNow() {
      await rm(folder, { recursive: true });
      await writeDiscordExport(fake, guild, folder);
      const resolveSpace = (name: string) => sync.store.spaces.find(name);
      await runImport({ path: folder, spaceName: 'Acme', ingest: sync.ingest, reading, resolveSpace, signal });
      sync.store.settings.set(`imported discord:${guild}`, String(fake.clock.now()));
    }
    /** Another process takes up what a kill -9 left of this one, at whatever it was, with a session of its own. */
    async function killAndStart() {
      const killed = sync.killed();
      const dead = sync;
      sync = await openTestDiscord({ fake, left: { opened: await killed.opened, index: killed.index } });
      await dead.stop();
      await sync.listen();
      await sync.until(sync.keeping.discord?.hearing.resume() ?? Promise.resolve());
    }

    try {
      live(3, 40);
      await importNow();
      await sync.listen();
      for (let day = 0; day < 27; day++) {
        live(1, 6);
        const dice = random.next();
        if (dice < 0.15) {
          await sync.loseEvents();
          sync.keeping.discord?.hearing.missed();
        } else await sync.hear({ again: dice < 0.4 ? 3 : 0 });
        if (random.chance(0.3)) {
          const running = sync.run().catch(() => undefined); // a process that is killed does not come to its end
          for (let turns = random.below(60); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
          live(0.01, 3);
          if (random.chance(0.6)) await killAndStart();
          await running;
        }
        if (day === 12) await importNow();
      }
      await sync.run();
      // Past the time within which everything is read again, twice.
      for (let pass = 0; pass < 2; pass++) {
        fake.clock.advance(8 * DAY_MS);
        await sync.hear();
        await sync.run();
      }

      const fresh = await openTestKnowledge();
      const spaceId = `discord:${guild}` as const;
      await fresh.ingest.space({ id: spaceId, platform: 'discord', name: 'Acme' }, []);
      for (const key of [...text, forum]) {
        const { name } = fake.channel(key);
        const facts = {
          spaceId,
          kind: 'channel' as const,
          key,
          name: `#${name}`,
          audience: { kind: 'everybody' as const },
        };
        const url = `https://discord.com/channels/${guild}/${key}`;
        const source = await fresh.ingest.source({ ...facts, url });
        for (const place of placesOf(fake, guild).filter(({ id, parentId }) => id === key || parentId === key)) {
          const thread = place.thread ? { thread: { name: place.name } } : {};
          const context = { guildId: guild, channelId: place.id, ...thread };
          const messages = fake.messages(place.id).flatMap((one) => {
            const { message } = readExportedMessage(exportedMessage(fake, one), context);
            return 'skipped' in message ? [] : [message];
          });
          await fresh.ingest.messages(source, messages);
        }
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
