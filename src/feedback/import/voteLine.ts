import { z } from 'zod';
import { readMoment } from './readMoment.ts';

const QUESTION_CHARACTERS = 20_000;
const ANSWER_CHARACTERS = 100_000;
const URL_CHARACTERS = 4000;
const NAME_CHARACTERS = 200;
const MOST_PASSAGES = 50;

/** What a database and a trainer can keep: half a pair of UTF-16 and NUL are in no text that anybody wrote. */
const whole = (given: string) => given.toWellFormed().replaceAll('\0', '').trim();

/** Each sentence names its key: people read it in the report. */
const text = (key: string, max: number) =>
  z
    .string({ error: ({ input }) => (input === undefined ? `"${key}" is missing` : `"${key}" is not a text`) })
    .transform(whole)
    .pipe(z.string().max(max, `"${key}" has more than ${max.toLocaleString('en')} characters`));
const words = (key: string, max: number) => text(key, max).pipe(z.string().min(1, `"${key}" is empty`));
/** A name of something, which may be a number. */
const name = (key: string) =>
  z
    .union([z.string(), z.number()], {
      error: ({ input }) => (input === undefined ? `"${key}" is missing` : `"${key}" is neither a text nor a number`),
    })
    .transform(String)
    .pipe(words(key, NAME_CHARACTERS));
const optional = <T extends z.ZodType>(of: T) => of.nullish().transform((value) => value ?? undefined);

const passage = z.object(
  { text: words('passages.text', ANSWER_CHARACTERS), url: optional(text('passages.url', URL_CHARACTERS)) },
  { error: 'one of the "passages" is not an object {text, url}' },
);

const moment = (now: () => number) =>
  z
    .union([z.string(), z.number()], {
      error: ({ input }) =>
        input === undefined ? '"at" is missing' : '"at" is neither a text nor a number of milliseconds',
    })
    .transform((given, context) => {
      const read = readMoment(given, now());
      if (typeof read === 'number') return read;
      context.addIssue({ code: 'custom', message: read, input: given });
      return z.NEVER;
    });

/**
 * A line of a file for `feedback import`.
 * @param maxCorrection a longer correction is refused, as it is anywhere
 * @param now milliseconds since 1970
 */
export const voteLineSchema = (maxCorrection: number, now: () => number) =>
  z.object(
    {
      id: name('id'),
      question: words('question', QUESTION_CHARACTERS),
      answer: words('answer', ANSWER_CHARACTERS),
      passages: optional(
        z
          .array(passage, { error: '"passages" is not a list of {text, url}' })
          .max(MOST_PASSAGES, `"passages" has more than ${MOST_PASSAGES}`),
      ),
      voter: name('voter'),
      vote: z.enum(['up', 'down'], {
        error: ({ input }) => (input === undefined ? '"vote" is missing' : '"vote" is neither "up" nor "down"'),
      }),
      reason: optional(text('reason', ANSWER_CHARACTERS)),
      correction: optional(text('correction', maxCorrection)),
      model: optional(text('model', NAME_CHARACTERS)),
      at: moment(now),
    },
    { error: 'it is not a JSON object {"id", "question", "answer", …}' },
  );

export type VoteLine = z.output<ReturnType<typeof voteLineSchema>>;

/** @returns why it is no vote, otherwise */
export function readVoteLine(schema: ReturnType<typeof voteLineSchema>, line: string): VoteLine | string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return 'it is not JSON';
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? parsed.data : (parsed.error.issues[0]?.message ?? 'it is not a vote');
}

const REASONS = ['wrong-sources', 'out-of-date', 'incomplete', 'wrong', 'other'] as const;

/** "Wrong sources" is `wrong-sources`; a reason of somebody's own is `other`, and a comment in their words. */
export function readReason(given: string | undefined): { reason?: string; comment?: string } {
  const plain = given?.trim();
  if (!plain) return {};
  const word = plain.toLowerCase().replace(/[\s_]+/g, '-');
  const known = REASONS.find((reason) => reason === word);
  return known ? { reason: known } : { reason: 'other', comment: plain };
}
