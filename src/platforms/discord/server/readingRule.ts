import { sha256 } from '../../../base/hash.ts';
import { isVoice, type Overwrite, type Role } from './facts.ts';

const ADMINISTRATOR = 1n << 3n;
const VIEW_CHANNEL = 1n << 10n;
const READ_MESSAGE_HISTORY = 1n << 16n;
const CONNECT = 1n << 20n;

/** Who may read a channel, as Discord computes it from roles and overwrites. */
export type ReadingRule =
  | { readonly kind: 'everybody' }
  /** `key` is the same for channels of a server that the same people may read. */
  | { readonly kind: 'some'; readonly key: string; mayRead(person: RuledPerson): boolean };

export interface RuledPerson {
  readonly id: string;
  readonly roles: readonly string[];
}

export interface RuledGuild {
  readonly id: string;
  readonly ownerId: string | undefined;
  readonly roles: ReadonlyMap<string, Role>;
}

/**
 * A channel is for everybody when @everyone keeps VIEW_CHANNEL and READ_MESSAGE_HISTORY after the overwrites, and no
 * overwrite takes them from somebody.
 * https://discord.com/developers/docs/topics/permissions#permission-overwrites
 * @param overwrites undefined where they could not be read: then nobody may but owner and administrators
 */
export function readingRule(
  guild: RuledGuild,
  channel: { readonly type: number; readonly overwrites: readonly Overwrite[] | undefined },
): ReadingRule {
  const { needed, overwrites, everyone, others, base } = termsOf(guild, channel);
  const ofEveryone = apply(base, everyone);
  // Bots are nobody who could be told too much.
  const denies = others.filter(
    ({ id, type, deny }) => deny !== 0n && !(type === 0 && guild.roles.get(id)?.tags?.bot_id),
  );
  if ((ofEveryone & needed) === needed && denies.length === 0) return { kind: 'everybody' };

  const canonical = [...overwrites]
    .sort((a, b) => a.type - b.type || (a.id < b.id ? -1 : 1))
    .map(({ id, type, allow, deny }) => `${type} ${id} ${allow} ${deny}`);
  return {
    kind: 'some',
    key: sha256(`${needed} ${canonical.join(',')}`).slice(0, 24),
    mayRead: (person) => mayReadChannel(guild, channel, person),
  };
}

type RuledChannel = Parameters<typeof readingRule>[1];

function termsOf(guild: RuledGuild, channel: RuledChannel) {
  const needed = VIEW_CHANNEL | READ_MESSAGE_HISTORY | (isVoice(channel.type) ? CONNECT : 0n);
  const overwrites = (channel.overwrites ?? [{ id: guild.id, type: 0 as const, allow: 0n, deny: needed }])
    .map(({ id, type, allow, deny }) => ({ id, type, allow: allow & needed, deny: deny & needed }))
    .filter(({ allow, deny }) => allow !== 0n || deny !== 0n);
  const everyone = overwrites.find(({ id, type }) => type === 0 && id === guild.id);
  const others = overwrites.filter((overwrite) => overwrite !== everyone);
  const base = guild.roles.get(guild.id)?.permissions ?? 0n;
  return { needed, overwrites, everyone, others, base };
}

/** Whether one member may read a channel, whatever holds for the others: ourselves, for instance. */
export function mayReadChannel(guild: RuledGuild, channel: RuledChannel, { id, roles }: RuledPerson): boolean {
  const { needed, everyone, others, base } = termsOf(guild, channel);
  if (id === guild.ownerId) return true;
  const own = new Set(roles);
  const granted = roles.reduce((sum, role) => sum | (guild.roles.get(role)?.permissions ?? 0n), base);
  if ((granted & ADMINISTRATOR) !== 0n) return true;
  const ofRoles = others.filter((overwrite) => overwrite.type === 0 && own.has(overwrite.id));
  const all = {
    allow: ofRoles.reduce((sum, { allow }) => sum | allow, 0n),
    deny: ofRoles.reduce((sum, { deny }) => sum | deny, 0n),
  };
  const ofPerson = others.find((overwrite) => overwrite.type === 1 && overwrite.id === id);
  return (apply(apply(apply(granted, everyone), all), ofPerson) & needed) === needed;
}

function apply(permissions: bigint, overwrite: Pick<Overwrite, 'allow' | 'deny'> | undefined): bigint {
  return overwrite ? (permissions & ~overwrite.deny) | overwrite.allow : permissions;
}
