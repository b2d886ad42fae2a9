import { countReactions as countNamed } from '../reactions.ts';
import type { ExportedReaction } from './exportedMessage.ts';

/** Discord knows its standard emoji by their characters; the names are those that both platforms type. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['✅', 'white_check_mark'],
  ['✔', 'heavy_check_mark'],
  ['☑', 'ballot_box_with_check'],
  ['👍', '+1'],
  ['💯', '100'],
  ['👎', '-1'],
  ['❌', 'x'],
  ['❎', 'negative_squared_cross_mark'],
  ['✖', 'heavy_multiplication_x'],
  ['⛔', 'no_entry'],
  ['🚫', 'no_entry_sign'],
  ['🙅', 'no_good'],
]);

/** How many people other than the author confirmed a message by a reaction, and how many contradicted it. */
export function countReactions(
  reactions: readonly ExportedReaction[],
  authorId: string,
): { readonly confirmations: number; readonly contradictions: number } {
  const named = reactions.map(({ emoji, count, users }) => ({
    name: nameOf(emoji),
    count,
    users: users.map(({ id }) => id),
  }));
  return countNamed(named, authorId);
}

/** What an emoji is called, as an event has it. */
export const reactionName = ({
  id,
  name,
}: {
  readonly id?: string | null | undefined;
  readonly name?: string | null | undefined;
}) => nameOf({ id, name: name ?? '', code: undefined });

function nameOf({ id, name, code }: ExportedReaction['emoji']): string {
  // Skin tones, and the sign that asks for a picture, say nothing here.
  const plain = name.replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F]|\u200D[♀♂]/gu, '');
  return NAMES.get(plain) ?? (id ? name : code || name).toLowerCase();
}
