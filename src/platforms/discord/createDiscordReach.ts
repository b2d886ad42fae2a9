import type { Log } from '../../base/log.ts';
import { realTiming, type Timing } from '../../base/Timing.ts';
import type { Audiences } from '../../store/audiences.ts';
import type { DiscordMembers } from '../../store/discordMembers.ts';
import type { Sources } from '../../store/sources.ts';
import type { Spaces } from '../../store/spaces.ts';
import { createDiscordApi } from './api/createDiscordApi.ts';
import type { DiscordSide } from './DiscordSide.ts';
import { findIdentity } from './findIdentity.ts';
import { createMembership } from './server/createMembership.ts';
import { createServers } from './server/createServers.ts';

/** One way to Discord for all who need it in a process: the bot's own while it runs, else one that does not listen. */
export interface DiscordReach {
  /** Errors as DiscordApi's. */
  side(): Promise<DiscordSide>;
  /** From now on it is this one. */
  use(side: () => Promise<DiscordSide>): void;
}

export function createDiscordReach(deps: {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly store: {
    readonly spaces: Spaces;
    readonly sources: Sources;
    readonly audiences: Audiences;
    readonly discordMembers: DiscordMembers;
  };
  readonly log: Log;
  readonly timing?: Timing;
}): DiscordReach {
  let own: Promise<DiscordSide> | undefined;
  let given: (() => Promise<DiscordSide>) | undefined;

  async function reach(): Promise<DiscordSide> {
    const { token, apiUrl: url, timing = realTiming, log } = deps;
    const { spaces, sources, audiences, discordMembers: members } = deps.store;
    const api = createDiscordApi({ token, url, timing, onRevoked: ({ message }) => log.error(message) });
    const identity = await findIdentity(api);
    const servers = createServers(api);
    const ownId = () => identity.botUserId;
    const membership = createMembership({ api, servers, spaces, sources, audiences, members, ownId, log });
    return { api, identity, servers, membership };
  }

  return {
    side() {
      if (given) return given();
      own ??= reach();
      // It may be there the next time.
      own.catch(() => {
        own = undefined;
      });
      return own;
    },
    use(side) {
      given = side;
    },
  };
}
