import type { FakeDiscord } from './FakeDiscord.ts';
import { may } from './permissions.ts';
import type { FakeChannel, State } from './State.ts';

type ReadingSide = Pick<
  FakeDiscord,
  'guild' | 'channel' | 'channels' | 'messages' | 'message' | 'ephemerals' | 'commands' | 'may'
>;

/** What is to be seen of a Discord from outside. */
export function createReadingSide(state: State): ReadingSide {
  const channel = (id: string): FakeChannel => {
    const found = state.channels.get(id);
    if (!found) throw new Error(`There is no channel ${id}.`);
    return found;
  };
  return {
    guild(id) {
      const found = state.guilds.get(id);
      if (!found) throw new Error(`There is no guild ${id}.`);
      return found;
    },
    channel,
    channels: (guildId) => [...state.channels.values()].filter((one) => one.guildId === guildId),
    messages: (channelId) => [...channel(channelId).messages.values()],
    message: (channelId, id) => channel(channelId).messages.get(id),
    ephemerals: (userId) =>
      [...state.channels.values()].flatMap(({ ephemerals }) =>
        [...ephemerals.values()].filter(({ forUserId }) => forUserId === userId),
      ),
    may: (userId, channelId, permission) => may(state, channel(channelId), userId, permission),
    commands: (guildId = '') => state.commands.get(guildId) ?? [],
  };
}
