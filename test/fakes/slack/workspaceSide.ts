import { directChannel, newChannel, newUser } from './createState.ts';
import type { Events } from './events.ts';
import type { FakeSlack } from './FakeSlack.ts';
import type { State } from './State.ts';
import {
  announceChannel,
  announceUser,
  channelNamed,
  convertChannel,
  joinChannel,
  leaveChannel,
  renameChannel,
} from './workspace.ts';

type WorkspaceSide = Pick<
  FakeSlack,
  | 'addUser'
  | 'changeUser'
  | 'addChannel'
  | 'addFile'
  | 'addUsergroup'
  | 'dm'
  | 'invite'
  | 'kick'
  | 'rename'
  | 'convert'
  | 'change'
>;

const admin = 'U0ADMIN01';

/** What its admins do with a workspace. */
export function createWorkspaceSide(hub: { readonly state: State; readonly events: Events }): WorkspaceSide {
  const { state } = hub;
  return {
    addUser(id, { announce, ...more } = {}) {
      const user = Object.assign(newUser(id, id.toLowerCase(), state.team.id), more);
      state.users.set(id, user);
      if (announce) announceUser(hub, 'team_join', user);
      return id;
    },
    changeUser(id, change) {
      const user = state.users.get(id);
      if (!user) throw new Error(`There is no user ${id}.`);
      Object.assign(user, change);
      // Whoever is deactivated is out of every channel, without an event for each.
      if (change.deleted)
        for (const channel of state.channels.values()) if (channel.kind !== 'im') channel.members.delete(id);
      announceUser(hub, 'user_change', user);
    },
    addChannel(id, members, { name = id.toLowerCase(), kind = 'public', withoutBot, announce, ...more } = {}) {
      const channel = Object.assign(newChannel(id, name, kind, members[0] ?? admin, state.clock.now()), more);
      for (const member of members) {
        if (!state.users.has(member)) throw new Error(`There is no user ${member}.`);
        channel.members.add(member);
      }
      if (!withoutBot) channel.members.add(state.app.botUserId);
      state.channels.set(id, channel);
      if (announce) announceChannel(hub, channel, 'created', channel.creator);
      return id;
    },
    addFile(name, userId, channelIds) {
      const id = state.nextId('F');
      const mimetype = 'text/plain';
      state.files.set(id, { id, name, userId, mimetype, size: 1, channelIds: [...channelIds], isDeleted: false });
      return id;
    },
    addUsergroup(id, handle, users) {
      const dates = { date_create: 1_790_000_000, date_update: 1_790_000_000, date_delete: 0 };
      state.usergroups.push({
        id,
        team_id: state.team.id,
        is_usergroup: true,
        name: handle,
        handle,
        users,
        user_count: users.length,
        ...dates,
      });
    },
    dm: (userId) => directChannel(state, [userId, state.app.botUserId]).id,
    invite: (id, userId, inviter = admin) => joinChannel(hub, channelNamed(state, id), userId, inviter),
    kick: (id, userId) => leaveChannel(hub, channelNamed(state, id), userId),
    rename: (id, name) => renameChannel(hub, channelNamed(state, id), name, admin),
    convert: (id, kind) => convertChannel(hub, channelNamed(state, id), kind, admin),
    change(id, change) {
      const channel = channelNamed(state, id);
      if (change === 'archive' || change === 'unarchive') channel.isArchived = change === 'archive';
      if (change === 'shared' || change === 'unshared') channel.isExtShared = change === 'shared';
      announceChannel(hub, channel, change, admin);
      if (change === 'deleted') channel.isDeleted = true;
    },
  };
}
