import { describeSource } from '../../../contracts/source.ts';
import type { Spot } from '../../../fakes/discord/Person.ts';
import { openTestDiscord, startStillDiscord } from '../../openTestDiscord.ts';

const DAY_MS = 86_400_000;

describeSource('discord', async () => {
  const fake = await startStillDiscord();
  const mara = fake.addUser('mara');
  const guild = fake.addGuild('Acme', { members: [mara] });
  const ops = fake.addChannel(guild, 'ops');
  const sync = await openTestDiscord({ fake });
  let { sources } = await sync.until(sync.sync.look());
  const spots = new Map<string, Spot>();
  const person = fake.user(mara);
  return {
    source: () => sources[0] as (typeof sources)[number],
    until: sync.until,
    now: fake.clock.now,
    async write(name, text) {
      fake.clock.advance(1_000);
      const known = spots.get(name);
      if (known) person.edits(known, text);
      else spots.set(name, person.says(ops, text));
    },
    async remove(name) {
      const spot = spots.get(name);
      if (spot) person.deletes(spot);
    },
    async store(item) {
      if (item.kind === 'messages') await sync.ingest.messages(item.to as number, item.messages);
    },
    async later() {
      fake.clock.advance(8 * DAY_MS);
      ({ sources } = await sync.until(sync.sync.look()));
    },
    async stop() {
      await sync.stop();
      await fake.stop();
    },
  };
});
