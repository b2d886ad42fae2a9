import { z } from 'zod';
import { Refused } from './Refused.ts';

/**
 * The arguments of a method arrive as form fields, where everything is a string and structures are JSON within one, or
 * as a JSON body, where they are what they are.
 */
export const text = z.union([z.string(), z.number().transform(String)]);

export const flag = z.union([
  z.boolean(),
  z.enum(['true', '1', 'false', '0', '']).transform((value) => value === 'true' || value === '1'),
]);

export const count = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]);

/** A structure; what cannot be read as one is refused by that name. */
export function json<T>(schema: z.ZodType<T>, error: string) {
  return z.preprocess((value) => {
    let read = value;
    if (typeof value === 'string') {
      try {
        read = JSON.parse(value);
      } catch {
        throw new Refused(error);
      }
    }
    if (!schema.safeParse(read).success) throw new Refused(error);
    return read;
  }, schema);
}

/** A list of ids: `a,b`, or a JSON list. */
export const ids = z.preprocess((value) => {
  if (typeof value !== 'string') return value;
  if (value.startsWith('[')) return JSON.parse(value);
  return value.split(',').filter((id) => id !== '');
}, z.array(z.string()));
