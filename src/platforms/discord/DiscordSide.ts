import type { DiscordApi } from './api/createDiscordApi.ts';
import type { Identity } from './Identity.ts';
import type { Membership } from './server/createMembership.ts';
import type { Servers } from './server/createServers.ts';

/** A Discord that knows us: what bots and sync share of it, so that there is one budget, and one list of who is where. */
export interface DiscordSide {
  readonly api: DiscordApi;
  readonly identity: Identity;
  readonly servers: Servers;
  readonly membership: Membership;
  /**
   * A message was read in a server's history. The bot looks whether it is a question that it never heard; absent where
   * nobody answers.
   */
  readonly met?: (guildId: string, raw: unknown) => void;
}
