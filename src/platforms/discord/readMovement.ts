import { exportedMovementSchema } from './exportedMessage.ts';

/**
 * Who came to a direct conversation or private thread by a message of an export (they wrote it, or were added), and who
 * left. Who is only mentioned may not read it. Never throws.
 */
export function readMovement(raw: unknown): { readonly joined: readonly string[]; readonly left: readonly string[] } {
  const parsed = exportedMovementSchema.safeParse(raw);
  if (!parsed.success) return { joined: [], left: [] };
  const { type, author, mentions } = parsed.data;
  const named = mentions.map(({ id }) => id);
  if (type === 'RecipientAdd' || type === '1') return { joined: [author.id, ...named], left: [] };
  if (type === 'RecipientRemove' || type === '2') return { joined: [], left: named };
  return { joined: [author.id], left: [] };
}
