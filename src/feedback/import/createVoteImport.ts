import { createHash } from 'node:crypto';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { FeedbackEvent } from '../../store/feedbackEvents.ts';
import type { FeedbackFold } from '../../store/feedbackFold.ts';
import type { Fingerprints } from '../../store/fingerprints.ts';
import type { ImportedText, ImportedVote } from '../../store/ImportedVote.ts';
import type { ImportedVotes } from '../../store/importedVotes.ts';
import type { OptOuts } from '../../store/optOuts.ts';
import { storePrints } from '../datasets/alike/storePrints.ts';
import type { NamesOf } from '../record/createNamesOf.ts';
import type { CheckText } from '../redact/createCheckText.ts';
import { CHECK_VERSION, withoutSecrets } from '../redact/createCheckText.ts';
import { cleanUrl } from './cleanUrl.ts';
import { fileToRead } from './fileToRead.ts';
import { readLines } from './readLines.ts';
import type { VoteImport, VoteImportOrder } from './VoteImport.ts';
import { readReason, readVoteLine, type VoteLine, voteLineSchema } from './voteLine.ts';

const AT_ONCE = 200;

/** Progress is told every so many bytes. */
const STEP_BYTES = 1 << 20;
const FORGOTTEN = 'of people who asked to be forgotten';

export function createVoteImport(deps: {
  readonly votes: ImportedVotes;
  readonly fingerprints: Fingerprints;
  readonly fold: Pick<FeedbackFold, 'fold'>;
  readonly check: CheckText;
  readonly names: Pick<NamesOf, 'spaces' | 'latest'>;
  /** Keyed, of a person's id with their space: `slack:T1:U1`. */
  readonly voterOf: (personId: string) => string;
  readonly optOuts: Pick<OptOuts, 'has'>;
  readonly maxCorrectionCharacters: number;
  readonly now: Clock;
}): VoteImport {
  const schema = voteLineSchema(deps.maxCorrectionCharacters, deps.now);

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
        // Two lines may differ in nothing else.
        (kind === 'correction' ? line.correction : kind === 'comment' ? comment : reason) ?? '',
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
      ...{ answerId, spaceId: order.spaceId, atMs: at },
      ...(order.allowTraining || order.withdrawTraining ? { mayTrain: order.allowTraining } : {}),
      ...(model ? { model: (await checked(model, order.spaceId)).text } : {}),
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

  return async (order, signal, report) => {
    const total = (await fileToRead(order.path)).bytes;
    const skipped = new Map<string, { line: number; count: number }>();
    const skip = (why: string, line: number) => {
      const known = skipped.get(why);
      skipped.set(why, { line: Math.min(line, known?.line ?? line), count: (known?.count ?? 0) + 1 });
    };
    const counted = { lines: 0, events: 0, answers: 0, votes: 0, mayTrain: 0 };
    let [given, told] = [0, 0];
    let batch: { line: VoteLine; number: number }[] = [];
    const tell = (done: number) => {
      told = done;
      // A file may grow while it is read.
      report?.({ phase: 'votes', done: Math.min(done, total), total, unit: 'bytes' });
    };

    async function put(): Promise<void> {
      let read: { vote: ImportedVote; voter: string; number: number }[];
      let known: number;
      do {
        // Again if somebody became known meanwhile.
        known = deps.names.latest();
        read = [];
        for (const { line, number } of batch) read.push({ vote: await toVote(line, order), voter: line.voter, number });
      } while (deps.names.latest() !== known);
      // Nothing is awaited from here on: whoever asks to be forgotten meanwhile did so before or does afterwards.
      const votes: ImportedVote[] = [];
      const forgotten: string[] = [];
      for (const { vote, voter, number } of read) {
        if (deps.optOuts.has(order.spaceId, voter)) {
          skip(FORGOTTEN, number);
          forgotten.push(vote.answerId);
        } else votes.push(vote);
      }
      const added = deps.votes.put(votes);
      if (order.withdrawTraining) deps.votes.withdrawTraining(forgotten);
      storePrints(
        deps.fingerprints,
        votes.map(({ answerId, question, answer }) => ({
          ...{ answerId, question: question.text, answer: answer.text },
        })),
      );
      given += votes.reduce((sum, vote) => sum + vote.events.length, 0);
      counted.votes += votes.length;
      for (const key of ['events', 'answers', 'mayTrain'] as const) counted[key] += added[key];
      batch = [];
      await new Promise((resolve) => setImmediate(resolve));
    }

    tell(0);
    try {
      for await (const { number, read, endByte } of readLines(order.path, signal)) {
        counted.lines++;
        const line = 'why' in read ? read.why : readVoteLine(schema, read.text);
        if (typeof line === 'string') skip(line, number);
        else batch.push({ line, number });
        if (batch.length >= AT_ONCE) await put();
        if (endByte - told >= STEP_BYTES) tell(endByte);
      }
      await put();
    } catch (error) {
      if (signal.aborted)
        throw new BackscrollError('cancelled', 'Stopped. What was taken in stays; run it again to go on.');
      throw error;
    } finally {
      deps.fold.fold();
    }
    tell(total);
    const left = [...skipped].map(([why, { line, count }]) => ({ why, line, count }));
    if (counted.votes === 0 && !skipped.has(FORGOTTEN)) throw nothingTaken(counted.lines, left[0]);
    return { ...counted, known: given - counted.events, skipped: left };
  };
}

function nothingTaken(lines: number, first: { why: string; line: number } | undefined): BackscrollError {
  return new BackscrollError(
    'input',
    first
      ? `None of the ${lines} lines is a vote. The first problem, in line ${first.line}: ${first.why}.`
      : 'There is nothing in it: a line should be {"id", "question", "answer", "passages", "voter", "vote", "at"}.',
  );
}

/** Lengths in front of the parts, so that no two lists of parts are one text. */
function idOf(kind: string, parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return `imported-${kind}-${hash.digest('hex').slice(0, 32)}`;
}
