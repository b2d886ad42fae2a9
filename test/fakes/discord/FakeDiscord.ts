import type { FakeClock } from '../clock/createClock.ts';
import type { Fault, FaultOptions } from './faults.ts';
import type { Gateway } from './gateway.ts';
import type { GuildSide } from './guildSide.ts';
import type { IntentName } from './intents.ts';
import type { Limits } from './limits.ts';
import type { Person } from './Person.ts';
import type { PermissionName } from './permissions.ts';
import type { Call } from './restApi.ts';
import type { FakeChannel, FakeGuild, FakeMessage, Interaction, Json, Sparse } from './State.ts';

export interface FakeDiscordOptions {
  /** Runs with real time by default; `createClock({ running: false })` stands still until it is advanced. */
  readonly clock?: FakeClock;
  /** Privileged intents that the portal allows; all three without it. */
  readonly privileged?: readonly Extract<IntentName, 'GuildMembers' | 'GuildPresences' | 'MessageContent'>[];
  /** Discord's own by default. */
  readonly limits?: 'off' | Partial<Limits>;
  /** What HELLO asks for (41,250 ms). */
  readonly heartbeatMs?: number;
  /** A server that others wrote: `true` for all of it at its usual strength (`lean` objects, defers refused). */
  readonly sparse?: boolean | Partial<Sparse>;
}

export interface FakeDiscord extends GuildSide {
  /** For DISCORD_API_URL and `rest.api`: `http://127.0.0.1:PORT/api` (the client appends `/v10`). */
  readonly apiUrl: string;
  readonly token: string;
  readonly appId: string;
  readonly botUserId: string;
  readonly clock: FakeClock;

  /** A person at the keyboard. */
  user(id: string): Person;

  // What is to be seen.
  guild(id: string): FakeGuild;
  channel(id: string): FakeChannel;
  /** Those of a guild, threads among them. */
  channels(guildId: string): readonly FakeChannel[];
  /** A channel's or thread's messages, oldest first, without ephemeral ones. */
  messages(channelId: string): readonly FakeMessage[];
  message(channelId: string, id: string): FakeMessage | undefined;
  /** What only that person sees, in every channel. */
  ephemerals(userId: string): readonly FakeMessage[];
  /** All ever begun, oldest first. */
  readonly interactions: readonly Interaction[];
  readonly typings: readonly { readonly channelId: string; readonly atMs: number }[];
  /** Roles, overwrites and membership of private threads taken together. */
  may(userId: string, channelId: string, permission: PermissionName): boolean;
  /** The registered commands: global ones, or a guild's. */
  commands(guildId?: string): readonly Json[];
  /** Requests so far; of one route (`POST /channels/:channel/messages`) or of all. */
  calls(route?: string): readonly Call[];
  /** 401, 403 and 429 of the last ten minutes, as Discord counts them before it bans an address. */
  invalidRequests(): number;
  /** Malformed calls and other things that no app should do. A good test ends with none. */
  readonly violations: readonly string[];
  /** Resolves once it holds; asked again whenever something happened here. */
  when(holds: () => boolean): Promise<void>;

  // What goes wrong.
  fail(fault: Fault, options?: FaultOptions): void;
  mend(): void;
  /** `bad`: REST says 401, the gateway closes with 4004. */
  setToken(state: 'good' | 'bad'): void;
  /** Which privileged intents the portal allows from now on. */
  setPrivileged(intents: readonly IntentName[]): void;
  readonly gateway: Gateway;

  /** Drops all connections and frees the port. May be called twice. */
  stop(): Promise<void>;
}
