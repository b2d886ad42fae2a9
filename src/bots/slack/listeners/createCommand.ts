import { z } from 'zod';
import { interactionId } from '../intake/createIntake.ts';
import type { Room } from '../Room.ts';
import { escapeMrkdwn } from '../render/neutralise.ts';
import { WORDS } from '../render/words.ts';
import type { Asking } from './createAsking.ts';
import { tellPerson } from './tellPerson.ts';

const SOURCES_SHOWN = 50;

const commandSchema = z.object({
  user_id: z.string(),
  channel_id: z.string(),
  text: z.string().catch(''),
  trigger_id: z.string().catch(''),
  response_url: z.string().optional().catch(undefined),
});
export type CommandAck = (text?: string) => Promise<void>;

/** `/backscroll ask|status|sources|help`: only who typed it sees what comes of it. */
export function createCommand(room: Room, asking: Asking) {
  const { workspace, membership, sources } = room;

  async function readableBy(personId: string) {
    await membership.ensure({ kind: 'person', personId });
    const audiences = room.audiences({ kind: 'person', space: workspace.space, personId }).map(({ id }) => id);
    return sources.readable(workspace.space, audiences);
  }

  async function status(personId: string): Promise<string> {
    const own = new Set((await readableBy(personId)).map(({ id }) => id));
    const list = (await sources.list(workspace.space)).filter(({ id }) => own.has(id));
    const sum = (of: (source: (typeof list)[number]) => number) =>
      list.reduce((total, source) => total + of(source), 0);
    const passages = sum((source) => source.passages);
    if (passages === 0) return 'I know nothing yet that you may read. It may still be on its way.';
    const newest = Math.floor(Math.max(...list.map(({ changedMs }) => changedMs)) / 1000);
    const known = `I know ${sum(({ documents }) => documents)} conversations and documents (${passages} passages) from ${list.length} sources that you may read.`;
    return `${known} The newest of them came <!date^${newest}^{date_short_pretty} at {time}|${new Date(newest * 1000).toISOString()}>.`;
  }

  async function sourceList(personId: string): Promise<string> {
    const own = await readableBy(personId);
    if (own.length === 0) return 'There is nothing yet that you may read.';
    const lines = own.slice(0, SOURCES_SHOWN).map(({ kind, key, name, open }) => {
      const shown = kind === 'channel' && /^C[A-Z0-9]+$/.test(key) && open ? `<#${key}>` : escapeMrkdwn(name);
      return `• ${shown}${open ? '' : ' (its members only)'}`;
    });
    const more = own.length > SOURCES_SHOWN ? [`… and ${own.length - SOURCES_SHOWN} more`] : [];
    return ['For you I may use:', ...lines, ...more].join('\n');
  }

  return async (body: unknown, ack: CommandAck): Promise<void> => {
    const { user_id, channel_id, text, trigger_id, response_url } = commandSchema.parse(body);
    const [, verb = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
    const where = { personId: user_id, channel: channel_id, responseUrl: response_url };
    const asked = verb.toLowerCase() === 'ask' ? rest.trim() : text.trim();
    switch (verb.toLowerCase()) {
      case '':
      case 'help':
        return ack(WORDS.help);
      case 'status':
      case 'sources': {
        await ack();
        const answer = verb.toLowerCase() === 'status' ? status(user_id) : sourceList(user_id);
        return tellPerson(room, where, await answer.catch(() => WORDS.cannotTell));
      }
      default:
        if (asked === '') return ack(WORDS.help);
        await asking.inPrivate({
          ...{ channel: channel_id, personId: user_id, text: asked, responseUrl: response_url },
          name: interactionId('command', trigger_id || `${channel_id} ${user_id} ${asked}`),
        });
        return ack(WORDS.reading);
    }
  };
}
