import { z } from 'zod';

const id = z.string().regex(/^\d{1,20}$/);
const bits = z
  .union([z.string().regex(/^\d{1,40}$/), z.number().int().nonnegative()])
  .transform((value) => BigInt(value))
  .catch(0n);
const name = z.string().catch('');

/** A list whose bad elements are left out. */
const listOf = <T>(item: z.ZodType<T>) =>
  z.array(z.unknown()).transform((values) =>
    values.flatMap((value) => {
      const parsed = item.safeParse(value);
      return parsed.success ? [parsed.data] : [];
    }),
  );

export const userSchema = z.object({
  id,
  username: name,
  global_name: z.string().nullish().catch(undefined),
  bot: z.boolean().catch(false),
});
export type RawUser = z.output<typeof userSchema>;

export const memberSchema = z.object({
  user: userSchema.optional().catch(undefined),
  nick: z.string().nullish().catch(undefined),
  roles: z.array(id).catch([]),
});

/** https://discord.com/developers/docs/topics/permissions#role-object */
export const roleSchema = z.object({
  id,
  name,
  permissions: bits,
  tags: z
    .object({ bot_id: id.optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export type Role = z.output<typeof roleSchema>;

const overwriteSchema = z.object({
  id,
  /** 0 a role, 1 a person; as words in an old version of the API. */
  type: z.union([
    z.literal(0),
    z.literal(1),
    z.literal('role').transform(() => 0 as const),
    z.literal('member').transform(() => 1 as const),
    z.literal('0').transform(() => 0 as const),
    z.literal('1').transform(() => 1 as const),
  ]),
  allow: bits,
  deny: bits,
});
export type Overwrite = z.output<typeof overwriteSchema>;

/** https://discord.com/developers/docs/resources/channel#channel-object; what a partial one leaves out stays undefined. */
export const channelSchema = z.object({
  id,
  type: z.number().int(),
  guild_id: id.nullish().catch(undefined),
  name: z.string().nullish().catch(undefined),
  parent_id: id.nullish().catch(undefined),
  permission_overwrites: z.array(z.unknown()).nullish().catch(undefined),
});

/** @returns undefined where one of them cannot be read: a rule that is not understood must not be left out */
export function readOverwrites(raw: readonly unknown[] | null | undefined): readonly Overwrite[] | undefined {
  if (!raw) return [];
  const parsed = z.array(overwriteSchema).safeParse(raw);
  return parsed.success ? parsed.data : undefined;
}

export const guildSchema = z.object({
  id,
  name: z.string().optional().catch(undefined),
  owner_id: id.nullish().catch(undefined),
  unavailable: z.boolean().optional().catch(undefined),
  roles: listOf(roleSchema).optional().catch(undefined),
  channels: listOf(channelSchema).optional().catch(undefined),
  threads: listOf(channelSchema).optional().catch(undefined),
});

export const rolesSchema = listOf(roleSchema);
export const channelsSchema = listOf(channelSchema);

const THREADS = new Set([10, 11, 12]);
const VOICES = new Set([2, 13]);

export const isThread = (type: number) => THREADS.has(type);
export const isPrivateThread = (type: number) => type === 12;
/** Its text is for those who may come in. */
export const isVoice = (type: number) => VOICES.has(type);
/** Direct conversations stand in no server, categories hold no messages. */
export const holdsMessages = (type: number) => ![1, 3, 4].includes(type);
