import { describeSource } from '../../../contracts/source.ts';
import { openTestSync, startStillSlack } from '../../openTestSync.ts';

const DAY_MS = 86_400_000;

describeSource('slack', async () => {
  const fake = await startStillSlack();
  fake.addUser('U1');
  fake.addChannel('C1', ['U1'], { name: 'ops' });
  const sync = await openTestSync({ fake });
  const { sources } = await sync.until(sync.sync.look());
  const spots = new Map<string, { channel: string; ts: string }>();
  const person = fake.user('U1');
  return {
    source: () => sources[0] as (typeof sources)[number],
    until: sync.until,
    now: fake.clock.now,
    async write(name, text) {
      fake.clock.advance(1_000);
      const known = spots.get(name);
      if (known) person.edits(known, text);
      else spots.set(name, person.says('C1', text));
    },
    async remove(name) {
      const spot = spots.get(name);
      if (spot) person.deletes(spot);
    },
    async store(item) {
      if (item.kind === 'messages') await sync.ingest.messages(item.to as number, item.messages);
    },
    later: async () => fake.clock.advance(8 * DAY_MS),
    async stop() {
      await sync.stop();
      await fake.stop();
    },
  };
});
