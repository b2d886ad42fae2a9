import { createClock } from '../../../../test/fakes/clock/createClock.ts';
import { createVirtualTime } from '../../../../test/fakes/clock/virtualTime.ts';
import type { FakeDiscord } from '../../../../test/fakes/discord/FakeDiscord.ts';
import { startFakeDiscord } from '../../../../test/fakes/discord/startFakeDiscord.ts';
import { createDiscordReach } from '../../../platforms/discord/createDiscordReach.ts';
import { sentence } from '../slack/syncWorkspace.ts';
import { openSyncHome } from '../sync/openSyncHome.ts';

const START_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const PAGE = 'GET /channels/:channel/messages';
/** Of a channel's messages: five requests in five seconds. Of all together: fifty a second. */
const PAGES_PER_SECOND = 1;
const CALLS_PER_SECOND = 50;
/** Each so many messages in a channel one begins a thread of seven: 40 % of all are in threads. */
const ROOTS_A_THREAD = 12;
const REPLIES = 7;

export interface DiscordSyncResult {
  readonly messages: number;
  readonly channels: number;
  readonly threads: number;
  /** Channels that are read side by side. */
  readonly atOnce: number;
  /** On the platform's clock, with its limits. */
  readonly backfill: {
    readonly pages: number;
    readonly threadCalls: number;
    readonly minutes: number;
    /** Of what the buckets of the channels that are read side by side allow. */
    readonly ofBuckets: number;
    /** Of what Discord allows a bot in all. */
    readonly ofAll: number;
    readonly refused429: number;
    readonly stored: number;
  };
  readonly reconcile: {
    readonly calls: number;
    readonly changed: number;
    readonly embedded: number;
    readonly written: number;
  };
}

/** How fast and how gently the channels of a server are kept in step, against a Discord on this machine. */
export async function benchDiscordSync(options: {
  readonly messages: number;
  readonly channels: number;
  readonly report: (sentence: string) => void;
}): Promise<DiscordSyncResult> {
  const clock = createClock({ running: false, startMs: START_MS });
  const fake = await startFakeDiscord({ clock });
  const { threads, ids, said } = fill(fake, options.messages, options.channels);
  const time = createVirtualTime(clock);
  const home = await openSyncHome(time, (store, log) => {
    const reach = createDiscordReach({ token: fake.token, apiUrl: fake.apiUrl, store, log, timing: time });
    return { slackSide: undefined, discordSide: reach.side };
  });
  const { signal } = new AbortController();
  const run = () => time.until(home.keeping.sync.run([], { signal }));
  try {
    options.report(`${said} messages in ${ids.length} channels, ${threads} threads, at Discord's pace`);
    const { sources } = await run();
    const own = new Set(ids);
    const accepted = fake.calls().filter(({ isAccepted }) => isAccepted);
    const reads = accepted.filter(({ route }) => route === PAGE);
    const pages = reads.filter(({ params }) => own.has(params.channel ?? ''));
    const times = reads.map(({ atMs }) => atMs).sort((a, b) => a - b);
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
    const { atOnce } = home.app.config.sync;
    const lanes = Math.min(atOnce, ids.length);
    const backfill = {
      ...{ pages: pages.length, threadCalls: reads.length - pages.length, minutes: seconds / 60 },
      ofBuckets: pages.length / lanes / PAGES_PER_SECOND / seconds,
      ofAll: accepted.length / CALLS_PER_SECOND / seconds,
      refused429: fake.calls().filter(({ status }) => status === 429).length,
      stored: sources.reduce((sum, one) => sum + one.messages.added, 0),
    };
    options.report('all of it once more, unchanged');
    await run();
    const before = { ...home.written, calls: fake.calls().length };
    let changed = 0;
    for (const days of [8, 7]) {
      clock.advance(days * DAY_MS);
      const again = await run();
      changed += again.sources.reduce((sum, { messages: of }) => sum + of.added + of.changed + of.removed, 0);
    }
    const reconcile = {
      ...{ calls: fake.calls().length - before.calls, changed },
      embedded: home.written.passages - before.passages,
      written: home.written.vectors - before.vectors,
    };
    return { messages: said, channels: ids.length, threads, atOnce, backfill, reconcile };
  } finally {
    await time.until(home.stop());
    await fake.stop();
  }
}

/** So many messages over so many channels; half of the threads are archived. */
function fill(fake: FakeDiscord, messages: number, channels: number) {
  const people = Array.from({ length: 40 }, (_, i) => fake.addUser(`person${i}`));
  const guild = fake.addGuild('Bench', { members: people });
  const ids = Array.from({ length: channels }, (_, i) => fake.addChannel(guild, `room-${i}`));
  let said = 0;
  let threads = 0;
  const says = (channel: string) => {
    fake.clock.advance(20_000);
    return fake.user(people[said % people.length] as string).says(channel, sentence(said++));
  };
  for (let turn = 0; said < messages; turn++) {
    const channel = ids[turn % ids.length] as string;
    const { id: from, authorId } = says(channel);
    if (Math.floor(turn / ids.length) % ROOTS_A_THREAD !== 0) continue;
    const thread = fake.user(authorId).opensThread(channel, `thread ${threads++}`, { from });
    for (let i = 0; i < REPLIES && said < messages; i++) says(thread);
    if (threads % 2 === 0) fake.user(authorId).archives(thread);
  }
  return { threads, ids, said };
}

export function discordSyncInWords({
  messages,
  channels,
  threads,
  atOnce,
  backfill,
  reconcile,
}: DiscordSyncResult): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return [
    `${messages} messages in ${channels} channels, ${threads} threads; Discord's buckets, on its clock`,
    `  backfill         ${backfill.minutes.toFixed(1)} min for ${backfill.pages} pages and ${backfill.threadCalls} calls for threads, ${atOnce} channels side by side: ${percent(backfill.ofBuckets)} of their buckets' pace, ${percent(backfill.ofAll)} of what Discord allows in all`,
    `                   ${backfill.stored} stored, ${backfill.refused429} refused (429)`,
    `  once more        ${reconcile.calls} calls, ${reconcile.changed} changed, ${reconcile.embedded} embedded, ${reconcile.written} written to Chroma`,
  ].join('\n');
}
