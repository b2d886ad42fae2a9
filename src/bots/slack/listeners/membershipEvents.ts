import { channelSchema, memberSchema, userSchema } from '../intake/eventSchemas.ts';
import type { Room } from '../Room.ts';

/** Who is in which channel, and who somebody is: kept as Slack tells it. */
export function createMembershipEvents({ membership, people, workspace }: Room) {
  return {
    async member(event: unknown): Promise<void> {
      const { type, user, channel } = memberSchema.parse(event);
      const joined = type === 'member_joined_channel';
      if (joined && user === workspace.botUserId) return membership.happened({ kind: 'changed', channelId: channel });
      await membership.happened({ kind: joined ? 'joined' : 'left', channelId: channel, personId: user });
    },

    /** The bot itself was removed. */
    async left(event: unknown): Promise<void> {
      const { channel } = channelSchema.parse(event);
      await membership.happened({ kind: 'left', channelId: channel, personId: workspace.botUserId });
    },

    async changed(event: unknown): Promise<void> {
      await membership.happened({ kind: 'changed', channelId: channelSchema.parse(event).channel });
    },

    /** Shared with others, or deleted: until it is known what it is now, its members alone read it. */
    async closed(event: unknown): Promise<void> {
      await membership.happened({ kind: 'closed', channelId: channelSchema.parse(event).channel });
    },

    async person(event: unknown): Promise<void> {
      const { user } = userSchema.parse(event);
      const wasGuest = people.guestsAmong([user.id]).length > 0;
      await people.learn(user);
      if (people.guestsAmong([user.id]).length > 0 !== wasGuest) await membership.personChanged(user.id);
    },
  };
}
