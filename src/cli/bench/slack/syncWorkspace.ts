import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FakeSlack } from '../../../../test/fakes/slack/FakeSlack.ts';

const WORDS =
  'printer thermostat deploy database invoice badge vpn laptop release ticket customer meeting server backup password kitchen contract budget holiday payroll cluster alert rollout flag token region bucket queue worker cache'.split(
    ' ',
  );
/** Of eight messages in a thread, seven are replies; so many of all messages are in threads. */
const REPLIES = 7;
const THREAD_SHARE = 0.4;
const PEOPLE = Array.from({ length: 40 }, (_, i) => `U${100 + i}`);

export interface BenchWorkspace {
  readonly channels: readonly string[];
  readonly messages: number;
  readonly threads: number;
}

const channelsOf = (count: number): string[] => Array.from({ length: count }, (_, i) => `C${1000 + i}`);

/** The i-th thing that is said: other words each time, the same in each run. */
export function sentence(i: number): string {
  const word = (n: number) => WORDS[(i * 7 + n * (n + 3) + Math.floor(i / WORDS.length) * n) % WORDS.length] as string;
  return `${Array.from({ length: 12 }, (_, n) => word(n)).join(' ')} ${i}`;
}

/** Fills a workspace with so many messages over so many channels; nobody hears of them. */
export function fillWorkspace(fake: FakeSlack, messages: number, channelCount: number): BenchWorkspace {
  fake.events.subscribe([]);
  for (const id of PEOPLE) fake.addUser(id);
  const channels = channelsOf(channelCount);
  for (const id of channels) fake.addChannel(id, PEOPLE);
  let said = 0;
  let threads = 0;
  const says = (channel: string, thread?: string) => {
    fake.clock.advance(20_000);
    const person = fake.user(PEOPLE[said % PEOPLE.length] as string);
    return person.says(channel, sentence(said++), thread ? { thread } : {});
  };
  for (let turn = 0; said < messages; turn++) {
    const channel = channels[turn % channels.length] as string;
    const { ts } = says(channel);
    // Of every so many roots one begins a thread, so that the share comes out.
    const everyRoot = 1 + (REPLIES + 1) * ((1 - THREAD_SHARE) / THREAD_SHARE);
    if (Math.floor(turn / channels.length) % Math.round(everyRoot) !== 0) continue;
    threads++;
    for (let i = 0; i < REPLIES && said < messages; i++) says(channel, ts);
  }
  fake.events.subscribe('all');
  return { channels, messages: said, threads };
}

/** The same workspace as an export. */
export async function writeWorkspace(fake: FakeSlack, folder: string, { channels }: BenchWorkspace): Promise<void> {
  const write = (name: string, content: unknown) => writeFile(join(folder, name), JSON.stringify(content));
  await write(
    'users.json',
    PEOPLE.map((id) => ({ id, team_id: fake.teamId, name: id.toLowerCase() })),
  );
  await write(
    'channels.json',
    channels.map((id) => ({ id, name: id.toLowerCase(), members: PEOPLE })),
  );
  for (const id of channels) {
    await mkdir(join(folder, id.toLowerCase()), { recursive: true });
    const messages = fake.messages(id).map(({ ts, user, text, blocks, threadTs }) => ({
      ...{ type: 'message', ts, user, text, blocks },
      ...(threadTs ? { thread_ts: threadTs } : {}),
    }));
    await write(join(id.toLowerCase(), '2026-10-01.json'), messages);
  }
}
