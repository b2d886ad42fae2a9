import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Seconds of the first message; the rest follow one after the other. */
const BEGIN_S = 1_767_600_000;

export interface TeamMessage {
  /** Seconds after the team's first message. */
  readonly at: number;
  readonly user: string;
  readonly text: string;
  /** `at` of the root of its thread. */
  readonly thread?: number;
}

export interface Team {
  readonly teamId?: string;
  readonly channels?: Readonly<Record<string, readonly TeamMessage[]>>;
  /** Private channels, each with its members. */
  readonly groups?: Readonly<
    Record<string, { readonly members: readonly string[]; readonly messages: readonly TeamMessage[] }>
  >;
  /** Direct conversations, by id. */
  readonly dms?: Readonly<
    Record<string, { readonly members: readonly string[]; readonly messages: readonly TeamMessage[] }>
  >;
}

/** Ann and Bob work here, Cleo is a guest, Dora is a colleague who is in none of the private rooms. */
export const PEOPLE = { ann: 'U0ANN00001', bob: 'U0BOB00001', cleo: 'U0CLEO0001', dora: 'U0DORA0001' };

const idOf = (letter: string, name: string) => `${letter}${name.toUpperCase().replace(/[^A-Z0-9]/g, '')}01`;

const tsOf = (at: number) => `${BEGIN_S + at}.000100`;

/** Writes a full Slack export, as Slack itself lays it out. */
export async function writeTeam(folder: string, team: Team): Promise<string> {
  const { teamId = 'T0E2ETEAM', channels = {}, groups = {}, dms = {} } = team;
  const user = (id: string, name: string, more: object = {}) => ({
    ...{ id, team_id: teamId, name, real_name: `${name[0]?.toUpperCase()}${name.slice(1)} Example` },
    ...more,
  });
  const files: Record<string, unknown> = {
    'users.json': [
      user(PEOPLE.ann, 'ann'),
      user(PEOPLE.bob, 'bob'),
      user(PEOPLE.cleo, 'cleo', { is_restricted: true }),
      user(PEOPLE.dora, 'dora'),
    ],
    'channels.json': Object.keys(channels).map((name) => ({
      ...{ id: idOf('C', name), name },
      members: Object.values(PEOPLE),
    })),
    'groups.json': Object.entries(groups).map(([name, { members }]) => ({ id: idOf('G', name), name, members })),
    'dms.json': Object.entries(dms).map(([id, { members }]) => ({ id, members })),
  };
  const rooms = [
    ...Object.entries(channels),
    ...Object.entries({ ...groups, ...dms }).map(([name, { messages }]) => [name, messages] as const),
  ];
  for (const [name, messages] of rooms) {
    for (const message of messages) {
      const day = new Date((BEGIN_S + message.at) * 1000).toISOString().slice(0, 10);
      const file = `${name}/${day}.json`;
      files[file] ??= [];
      (files[file] as object[]).push(rawMessage(message));
    }
  }
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), JSON.stringify(content));
  }
  return folder;
}

function rawMessage({ at, user, text, thread }: TeamMessage) {
  return {
    ...{ type: 'message', user, text, ts: tsOf(at) },
    // Slack repeats who wrote it in every message.
    user_profile: { real_name: user, name: user, avatar_hash: 'f'.repeat(400) },
    ...(thread === undefined ? {} : { thread_ts: tsOf(thread) }),
  };
}

/** So many messages in one channel, each with a word of its own, in small threads. */
export function longTalk(count: number): TeamMessage[] {
  const topics = ['the printer', 'the pump', 'the ferry timetable', 'invoices', 'the staging server', 'release notes'];
  return Array.from({ length: count }, (_, i) => {
    const root = i - (i % 5);
    const topic = topics[Math.floor(i / 5) % topics.length];
    return {
      ...{ at: i * 40, user: i % 2 === 0 ? PEOPLE.ann : PEOPLE.bob },
      text: `note${i} about ${topic}: step ${i % 5} went as case ${i} of the handbook says`,
      thread: root * 40,
    };
  });
}
