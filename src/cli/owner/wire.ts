import { z } from 'zod';

/** What goes over the owner's socket: one JSON object a line. */
export const requestSchema = z.object({
  version: z.string().optional(),
  operation: z.string(),
  arguments: z.unknown(),
});

export const replySchema = z.discriminatedUnion('kind', [
  // The request was taken: from here on it is answered, or the owner died.
  z.object({ kind: z.literal('begun') }),
  z.object({ kind: z.literal('progress'), event: z.unknown() }),
  z.object({ kind: z.literal('result'), result: z.unknown() }),
  z.object({ kind: z.literal('error'), code: z.string(), message: z.string() }),
]);

export type OwnerReply = z.output<typeof replySchema>;

/** Splits a stream of bytes into lines; what is longer than `maxBytes` is refused by throwing. */
export function createLines(onLine: (line: string) => void, maxBytes: number): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    rest += chunk;
    for (let at = rest.indexOf('\n'); at >= 0; at = rest.indexOf('\n')) {
      const line = rest.slice(0, at);
      rest = rest.slice(at + 1);
      if (line) onLine(line);
    }
    if (rest.length > maxBytes) throw new Error('a line is too long');
  };
}
