import { invalidForm, type Problems, refusal, tooLong } from './Refused.ts';
import type { FakeAttachment, Json } from './State.ts';
import { validateComponents } from './validateComponents.ts';

export const componentsV2 = 1 << 15;

/** What Discord refuses about a message's body: https://docs.discord.com/developers/resources/message */
export function validateMessage(body: Json, files: readonly FakeAttachment[], isEdit = false): void {
  const problems: Problems = {};
  const { content, embeds, components, nonce, flags = 0 } = body;
  const isV2 = (flags & componentsV2) !== 0;
  if (content !== undefined && content !== null && typeof content !== 'string') {
    problems.content = ['STRING_TYPE_CONVERT', 'Could not interpret the value as string.'];
  }
  tooLong(problems, 'content', content, 2000);
  tooLong(problems, 'nonce', nonce === undefined ? undefined : String(nonce), 25);
  if (isV2 && (content || embeds?.length > 0)) {
    problems.content = ['MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', 'Not with the components v2 flag.'];
  }
  validateEmbeds(problems, embeds ?? []);
  validateComponents(problems, components ?? [], isV2);
  if (files.length > 10) problems.attachments = ['BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.'];
  if (Object.keys(problems).length > 0) throw invalidForm(problems);
  const isEmpty =
    !content && !(embeds?.length > 0) && !(components?.length > 0) && files.length === 0 && !body.sticker_ids?.length;
  if (!isEdit && isEmpty && !body.poll) throw refusal(50006);
}

const embedLimits = { title: 256, description: 4096 } as const;

function validateEmbeds(problems: Problems, embeds: readonly Json[]): void {
  if (embeds.length > 10) problems.embeds = ['BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.'];
  let total = 0;
  const measure = (path: string, text: unknown, most: number) => {
    tooLong(problems, path, text, most);
    total += typeof text === 'string' ? text.length : 0;
  };
  for (const [i, embed] of embeds.entries()) {
    for (const [key, most] of Object.entries(embedLimits)) measure(`embeds.${i}.${key}`, embed[key], most);
    measure(`embeds.${i}.footer.text`, embed.footer?.text, 2048);
    measure(`embeds.${i}.author.name`, embed.author?.name, 256);
    if (embed.fields?.length > 25) {
      problems[`embeds.${i}.fields`] = ['BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.'];
    }
    for (const [j, field] of (embed.fields ?? []).entries()) {
      measure(`embeds.${i}.fields.${j}.name`, field.name, 256);
      measure(`embeds.${i}.fields.${j}.value`, field.value, 1024);
    }
  }
  if (total > 6000) problems.embeds = ['MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000'];
}
