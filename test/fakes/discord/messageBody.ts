import type { Change } from './messages.ts';
import type { RouteCall } from './Route.ts';
import type { FakeMessage, Json } from './State.ts';

/** An embed as it comes back. */
export function asEmbed(embed: Json): Json {
  return { type: 'rich', ...embed };
}

/** What a PATCH of a message changes. */
export function changeOf({ body, files }: Pick<RouteCall, 'body' | 'files'>, message: FakeMessage): Change {
  const kept: readonly Json[] | undefined = body.attachments;
  const left = kept ? message.attachments.filter(({ id }) => kept.some((one) => one.id === id)) : message.attachments;
  return {
    ...(body.content === undefined ? {} : { content: body.content ?? '' }),
    ...(body.embeds === undefined ? {} : { embeds: (body.embeds ?? []).map(asEmbed) }),
    ...(body.components === undefined ? {} : { components: body.components ?? [] }),
    ...(body.flags === undefined ? {} : { flags: body.flags }),
    ...(body.allowed_mentions === undefined ? {} : { allowedMentions: body.allowed_mentions }),
    ...(kept || files.length > 0 ? { attachments: [...left, ...files] } : {}),
  };
}
