import { z } from 'zod';
import { sourceLines, sourcesOf, statusFor } from '../../knownToPerson.ts';
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

/** `/backscroll ask|status|sources|forget-me|help`: only who typed it sees what comes of it. */
export function createCommand(room: Room, asking: Asking) {
  const { workspace, membership } = room;

  async function describe(verb: string, personId: string): Promise<string> {
    await membership.ensure({ kind: 'person', personId });
    const person = { space: workspace.space, personId };
    if (verb === 'status') return statusFor(room, person, showTime);
    return sourceLines(sourcesOf(room, person), SOURCES_SHOWN, ({ kind, key, name, open }) =>
      kind === 'channel' && /^C[A-Z0-9]+$/.test(key) && open ? `<#${key}>` : escapeMrkdwn(name),
    );
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
        const answer = await describe(verb.toLowerCase(), user_id).catch(() => WORDS.cannotTell);
        return tellPerson(room, where, answer);
      }
      case 'forget-me': {
        try {
          await room.forgetMe(workspace.space, user_id);
        } catch (error) {
          room.log.error({ err: error }, 'that somebody asked to be forgotten could not be kept');
          return ack(WORDS.troubled);
        }
        return ack(WORDS.forgotten);
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

function showTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `<!date^${seconds}^{date_short_pretty} at {time}|${new Date(seconds * 1000).toISOString()}>`;
}
