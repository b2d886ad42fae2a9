import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Saying } from './sayings.ts';

export interface ExportOrder {
  /** The folder to make. */
  readonly folder: string;
  readonly messages: number;
  /** The first message's place among all that would be there if what was said went on for ever. */
  readonly from: number;
  readonly channels: number;
  /** Private ones have one member who is in all of them: `LOAD_READER`. */
  readonly isPrivate: boolean;
}

/** A member of every private channel that is written here. */
export const LOAD_READER = 'UREADER';
const LOAD_TEAM = 'TLOADBENCH';

const FIRST_US = Date.UTC(2020, 0, 6) * 1_000;

/**
 * Writes a Slack export (https://slack.com/help/articles/220556107) of real messages, repeated from the beginning when
 * they are at their end, with ids and times that no other message has. Whoever a message calls by name at its beginning
 * is mentioned, as Slack's clients would have it.
 */
export async function writeSlackExport(sayings: readonly Saying[], order: ExportOrder): Promise<void> {
  const people = peopleOf(sayings);
  await mkdir(order.folder, { recursive: true });
  const channels: object[] = [];
  for (let n = 0; n < order.channels; n += 1) {
    const from = order.from + Math.floor((n * order.messages) / order.channels);
    const to = order.from + Math.floor(((n + 1) * order.messages) / order.channels);
    const id = `C${String(from).padStart(9, '0')}`;
    const name = `load-${from}`;
    channels.push({ id, name, ...(order.isPrivate ? { members: [LOAD_READER] } : {}) });
    await writeDays(join(order.folder, name), messagesOf(sayings, people, from, to));
  }
  const lists = order.isPrivate ? { channels: [], groups: channels } : { channels };
  for (const [list, content] of Object.entries(lists)) {
    await writeFile(join(order.folder, `${list}.json`), JSON.stringify(content));
  }
  const users = [...people].map(([name, id]) => ({ id, team_id: LOAD_TEAM, name, real_name: name }));
  users.push({ id: LOAD_READER, team_id: LOAD_TEAM, name: 'load-reader', real_name: 'Load Reader' });
  await writeFile(join(order.folder, 'users.json'), JSON.stringify(users));
}

/** Ids by lower-case name, the same in every export of the same data. */
function peopleOf(sayings: readonly Saying[]): ReadonlyMap<string, string> {
  const people = new Map<string, string>();
  for (const { user } of sayings) {
    const name = user.toLowerCase();
    if (!people.has(name)) people.set(name, `U${String(people.size).padStart(8, '0')}`);
  }
  return people;
}

interface SlackLine {
  readonly type: 'message';
  readonly user: string;
  readonly text: string;
  readonly ts: string;
}

function* messagesOf(
  sayings: readonly Saying[],
  people: ReadonlyMap<string, string>,
  from: number,
  to: number,
): Generator<[day: string, line: SlackLine]> {
  let atUs = FIRST_US;
  for (let place = from; place < to; place += 1) {
    const { user, text, gapUs } = sayings[place % sayings.length] as Saying;
    // A microsecond more than before, so that no two messages of a channel have one id.
    atUs += gapUs + 1;
    const ts = `${Math.floor(atUs / 1e6)}.${String(atUs % 1e6).padStart(6, '0')}`;
    const line = { type: 'message', user: people.get(user.toLowerCase()) as string, text: escaped(text, people), ts };
    yield [new Date(atUs / 1_000).toISOString().slice(0, 10), line as SlackLine];
  }
}

function escaped(text: string, people: ReadonlyMap<string, string>): string {
  const safe = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const called = /^(\S{2,30})[:,](?=\s)/.exec(safe);
  const id = called && people.get((called[1] as string).toLowerCase());
  return called && id ? `<@${id}>${safe.slice(called[0].length)}` : safe;
}

async function writeDays(folder: string, messages: Iterable<[day: string, line: SlackLine]>): Promise<void> {
  await mkdir(folder);
  let day = '';
  let lines: SlackLine[] = [];
  const flush = () => (lines.length === 0 ? undefined : writeFile(join(folder, `${day}.json`), JSON.stringify(lines)));
  for (const [on, line] of messages) {
    if (on !== day) {
      await flush();
      day = on;
      lines = [];
    }
    lines.push(line);
  }
  await flush();
}
