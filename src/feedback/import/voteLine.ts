import { z } from 'zod';

const QUESTION_CHARACTERS = 20_000;
const ANSWER_CHARACTERS = 100_000;
const MOST_PASSAGES = 50;

const words = (what: string, max: number) =>
  z
    .string({ error: `"${what}" is not a text` })
    .trim()
    .min(1, `"${what}" is empty`)
    .max(max, `"${what}" has more than ${max.toLocaleString('en')} characters`);
const optional = <T extends z.ZodType>(of: T) => of.nullish().transform((value) => value ?? undefined);

/** Milliseconds since 1970, from ISO 8601 or from a number of seconds or milliseconds. */
const moment = z.union([z.string(), z.number()], { error: '"at" is no moment' }).transform((given, context) => {
  // Seconds reach 1e11 in the year 5138, milliseconds did in 1973.
  const ms = typeof given === 'number' ? (given < 1e11 ? given * 1000 : given) : Date.parse(given);
  if (Number.isFinite(ms) && ms >= 0 && ms <= 8.64e15) return Math.round(ms);
  context.addIssue({
    code: 'custom',
    message: '"at" is no moment: ISO 8601, or milliseconds since 1970',
    input: given,
  });
  return z.NEVER;
});

/** A line of a file for `feedback import`. @param maxCorrection a longer correction is refused, as it is anywhere */
export const voteLineSchema = (maxCorrection: number) =>
  z.object({
    id: z.union([z.string().min(1), z.number()], { error: '"id" is missing' }).transform(String),
    question: words('question', QUESTION_CHARACTERS),
    answer: words('answer', ANSWER_CHARACTERS),
    passages: optional(
      z
        .array(z.object({ text: words('passages.text', ANSWER_CHARACTERS), url: optional(z.string().max(4000)) }), {
          error: '"passages" is not a list of {text, url}',
        })
        .max(MOST_PASSAGES, `"passages" has more than ${MOST_PASSAGES}`),
    ),
    voter: z.union([z.string().min(1), z.number()], { error: '"voter" is missing' }).transform(String),
    vote: z.enum(['up', 'down'], { error: '"vote" is neither "up" nor "down"' }),
    reason: optional(z.string().max(ANSWER_CHARACTERS)),
    correction: optional(
      z
        .string()
        .trim()
        .max(maxCorrection, `"correction" has more than ${maxCorrection.toLocaleString('en')} characters`),
    ),
    model: optional(z.string().max(200)),
    at: moment,
  });

export type VoteLine = z.output<ReturnType<typeof voteLineSchema>>;

const REASONS = ['wrong-sources', 'out-of-date', 'incomplete', 'wrong', 'other'] as const;

/** "Wrong sources" is `wrong-sources`; a reason of somebody's own is `other`, and a comment in their words. */
export function readReason(given: string | undefined): { reason?: string; comment?: string } {
  const plain = given?.trim();
  if (!plain) return {};
  const word = plain.toLowerCase().replace(/[\s_]+/g, '-');
  const known = REASONS.find((reason) => reason === word);
  return known ? { reason: known } : { reason: 'other', comment: plain };
}
