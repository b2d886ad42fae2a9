import { createHash } from 'node:crypto';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { FeedbackEvent } from '../../store/feedbackEvents.ts';
import type { FeedbackFold } from '../../store/feedbackFold.ts';
import type { Fingerprints } from '../../store/fingerprints.ts';
import type { ImportedText, ImportedVote, ImportedVotes } from '../../store/importedVotes.ts';
import { storePrints } from '../datasets/alike/storePrints.ts';
import type { NamesOf } from '../record/createNamesOf.ts';
import type { CheckText } from '../redact/createCheckText.ts';
import { CHECK_VERSION, withoutSecrets } from '../redact/createCheckText.ts';
import { cleanUrl } from './cleanUrl.ts';
import { readLines } from './readLines.ts';
import { readReason, type VoteLine, voteLineSchema } from './voteLine.ts';

const AT_ONCE = 200;

export interface VoteImportReport {
  readonly lines: number;
  /** Votes and corrections that are new; the rest of the lines was known, or is in `skipped`. */
  readonly events: number;
  readonly answers: number;
  readonly known: number;
  readonly skipped: readonly { readonly why: string; readonly line: number; readonly count: number }[];
}

export interface VoteImportOrder {
  readonly path: string;
  readonly spaceId: string;
  readonly allowTraining: boolean;
}

/**
 * Takes votes from elsewhere in, with the rules that ours have. A line that is not what it should be is left out and said
 * with its number; running it again adds nothing. The same question, answer and passages are one answer, whoever votes.
 * BackscrollError `input` when no line is a vote.
 */
export type VoteImport = (order: VoteImportOrder, signal: AbortSignal) => Promise<VoteImportReport>;

export function createVoteImport(deps: {
  readonly votes: ImportedVotes;
  readonly fingerprints: Fingerprints;
  readonly fold: Pick<FeedbackFold, 'fold'>;
  readonly check: CheckText;
  readonly names: Pick<NamesOf, 'spaces' | 'latest'>;
  /** Keyed, of a person's id with their space: `slack:T1:U1`. */
  readonly voterOf: (personId: string) => string;
  readonly maxCorrectionCharacters: number;
}): VoteImport {
  const schema = voteLineSchema(deps.maxCorrectionCharacters);

  async function checked(given: string, spaceId: string): Promise<ImportedText> {
    const { tokens, findings } = await deps.check(given, await deps.names.spaces([spaceId]));
    const clean = withoutSecrets(given, findings);
    return { text: clean.text, check: { version: CHECK_VERSION, tokens, findings: JSON.stringify(clean.findings) } };
  }

  async function toVote(line: VoteLine, order: VoteImportOrder): Promise<ImportedVote> {
    const { question, answer, passages = [], voter, vote, at, model } = line;
    const answerId = idOf('answer', [
      order.spaceId,
      question,
      answer,
      ...passages.flatMap(({ text, url }) => [text, url ?? '']),
    ]);
    const { reason, comment } = readReason(line.reason);
    const event = (kind: FeedbackEvent['kind']) => ({
      eventId: idOf('event', [
        answerId,
        line.id,
        voter,
        kind,
        String(at),
        kind === 'correction' ? (line.correction ?? '') : '',
      ]),
      answerId,
      voter: deps.voterOf(`${order.spaceId}:${voter}`),
      atMs: at,
    });
    const worded = async (kind: 'correction' | 'comment', words: string) => {
      const { text, check } = await checked(words, order.spaceId);
      return { ...event(kind), kind, text, check };
    };
    return {
      ...{ answerId, spaceId: order.spaceId, mayTrain: order.allowTraining, atMs: at },
      ...(model === undefined ? {} : { model: (await checked(model, order.spaceId)).text }),
      question: await checked(question, order.spaceId),
      answer: await checked(answer, order.spaceId),
      passages: await Promise.all(
        passages.map(async ({ text, url }) => {
          const clean = url === undefined ? undefined : await cleanUrl(url, deps.check);
          return { ...(await checked(text, order.spaceId)), ...(clean === undefined ? {} : { url: clean }) };
        }),
      ),
      events: [
        { ...event(vote), kind: vote, ...(reason ? { reason } : {}) },
        ...(comment ? [await worded('comment', comment)] : []),
        ...(line.correction ? [await worded('correction', line.correction)] : []),
      ],
    };
  }

  return async (order, signal) => {
    const skipped = new Map<string, { line: number; count: number }>();
    const skip = (why: string, line: number) => {
      const known = skipped.get(why);
      skipped.set(why, { line: known?.line ?? line, count: (known?.count ?? 0) + 1 });
    };
    let [lines, events, answers, given, taken] = [0, 0, 0, 0, 0];
    let batch: VoteLine[] = [];

    async function put(): Promise<void> {
      let votes: ImportedVote[];
      let known: number;
      do {
        // Again if somebody became known meanwhile.
        known = deps.names.latest();
        votes = [];
        for (const line of batch.sort((a, b) => a.at - b.at)) votes.push(await toVote(line, order));
      } while (deps.names.latest() !== known);
      const added = deps.votes.put(votes);
      storePrints(
        deps.fingerprints,
        votes.map(({ answerId, question, answer }) => ({
          ...{ answerId, question: question.text, answer: answer.text },
        })),
      );
      given += votes.reduce((sum, vote) => sum + vote.events.length, 0);
      taken += votes.length;
      events += added.events;
      answers += added.answers;
      batch = [];
      await new Promise((resolve) => setImmediate(resolve));
    }

    try {
      for await (const { number, text } of readLines(order.path, signal)) {
        lines++;
        const read = text === undefined ? 'it is too long, or not UTF-8' : readVote(schema, text);
        if (typeof read === 'string') skip(read, number);
        else batch.push(read);
        if (batch.length >= AT_ONCE) await put();
      }
      await put();
    } catch (error) {
      if (signal.aborted)
        throw new BackscrollError('cancelled', 'Stopped. What was taken in stays; run it again to go on.');
      throw error;
    } finally {
      deps.fold.fold();
    }
    const left = [...skipped].map(([why, { line, count }]) => ({ why, line, count }));
    if (taken === 0) {
      const [first] = left;
      throw new BackscrollError(
        'input',
        first
          ? `None of the ${lines} lines is a vote. The first problem, in line ${first.line}: ${first.why}.`
          : 'There is nothing in it: a line should be {"id", "question", "answer", "passages", "voter", "vote", "at"}.',
      );
    }
    return { lines, events, answers, known: given - events, skipped: left };
  };
}

function readVote(schema: ReturnType<typeof voteLineSchema>, text: string): VoteLine | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? parsed.data : (parsed.error.issues[0]?.message ?? 'it is not a vote');
}

/** Lengths in front of the parts, so that no two lists of parts are one text. */
function idOf(kind: string, parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return `imported-${kind}-${hash.digest('hex').slice(0, 32)}`;
}
