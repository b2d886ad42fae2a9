import { z } from 'zod';
import { memberSchema, userSchema } from '../../../platforms/discord/server/facts.ts';

const id = z.string().regex(/^\d{1,20}$/);
const maybe = id.nullish().catch(undefined);

/** https://discord.com/developers/docs/events/gateway-events#message-create, as far as it is a question. */
export const saidSchema = z.looseObject({
  id,
  channel_id: id,
  guild_id: maybe,
  type: z.number().catch(0),
  content: z.string().catch(''),
  author: userSchema,
  member: memberSchema.optional().catch(undefined),
  webhook_id: maybe,
  mentions: z.array(z.looseObject({ id }).catch({ id: '0' })).catch([]),
  mention_roles: z.array(id).catch([]),
  message_reference: z
    .looseObject({ message_id: maybe, type: z.number().catch(0) })
    .nullish()
    .catch(undefined),
  referenced_message: z
    .looseObject({ id, author: z.looseObject({ id }).optional().catch(undefined) })
    .nullish()
    .catch(undefined),
});
export type Said = z.output<typeof saidSchema>;

export const deletedSchema = z.object({ id, channel_id: id, guild_id: maybe });

export const reactionSchema = z.object({
  user_id: id,
  channel_id: id,
  message_id: id,
  guild_id: maybe,
  message_author_id: maybe,
  emoji: z.object({ id: maybe, name: z.string().nullish().catch(undefined) }),
});

const options = z
  .array(
    z.looseObject({
      name: z.string(),
      type: z.number().catch(3),
      value: z.union([z.string(), z.number(), z.boolean()]).optional().catch(undefined),
      focused: z.boolean().catch(false),
      options: z.array(z.unknown()).optional().catch(undefined),
    }),
  )
  .catch([]);

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object */
export const interactionSchema = z.looseObject({
  id,
  token: z.string().min(1).max(1_000),
  type: z.number(),
  guild_id: maybe,
  channel_id: maybe,
  channel: z.looseObject({ id }).optional().catch(undefined),
  member: memberSchema.optional().catch(undefined),
  user: userSchema.optional().catch(undefined),
  message: z.looseObject({ id }).optional().catch(undefined),
  data: z
    .looseObject({
      name: z.string().optional().catch(undefined),
      type: z.number().optional().catch(undefined),
      custom_id: z.string().optional().catch(undefined),
      target_id: maybe,
      values: z.array(z.string()).optional().catch(undefined),
      options,
      components: z.array(z.unknown()).optional().catch(undefined),
      resolved: z
        .looseObject({ messages: z.record(z.string(), z.unknown()).optional().catch(undefined) })
        .optional()
        .catch(undefined),
    })
    .catch({ options: [] }),
});
export type Interaction = z.output<typeof interactionSchema>;

/** Who did it: a member of a server, or a person in a direct conversation. */
export function personOf({ member, user }: Interaction) {
  return member?.user ?? user;
}

export const channelOf = ({ channel_id, channel }: Interaction) => channel_id ?? channel?.id;

/** An option of a command, or of its subcommand. */
export function optionOf({ data }: Interaction, name: string) {
  const nested = data.options.flatMap((option) => (Array.isArray(option.options) ? option.options : []));
  const all = [...data.options, ...nested] as { name?: unknown; value?: unknown; focused?: unknown }[];
  return all.find((option) => option.name === name)?.value;
}

export const subcommandOf = ({ data }: Interaction) => data.options.find(({ type }) => type === 1)?.name;

/** What was typed into a modal, wherever it stands in it. */
export function typedIn({ data }: Interaction, customId: string): string {
  const stack: unknown[] = [...(data.components ?? [])];
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    if (typeof one !== 'object' || one === null) continue;
    const { custom_id, value, components, component } = one as Record<string, unknown>;
    if (custom_id === customId && typeof value === 'string') return value;
    if (Array.isArray(components)) stack.push(...components);
    if (component !== undefined) stack.push(component);
  }
  return '';
}
