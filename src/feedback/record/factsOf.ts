import {
  type BallotRow,
  type CorrectionRow,
  type ImportedRow,
  type PreferenceBatch,
  type PreferenceRow,
  readerOf,
  type ServedRow,
} from '../../store/preferenceRows.ts';
import type { Finding } from '../redact/Finding.ts';
import { findingsOf } from './findingsOf.ts';
import type { CastBallot, CorrectionText, Origin, PreferenceFacts, ServedFacts } from './PreferenceRecords.ts';

// The hottest spot of reading a million votes: objects are written out and nothing is spread, which takes a fifth of the
// time.

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type OfAnswer = readonly [answerId: string, ...unknown[]];

/** Rows as facts. */
export function factsOf(batch: PreferenceBatch): PreferenceFacts[] {
  const checks = single(batch.checks);
  const [answerPrints, questionPrints] = [single(batch.answerPrints), single(batch.questionPrints)];
  const [ballots, corrections] = [runs(batch.ballots), runs(batch.corrections)];
  const [served, imported] = [runs(batch.served), runs(batch.imported)];
  const people = new Set<string>();
  const voters = new Set<string>();
  for (const [spaceId, personId, voter] of batch.optOuts) {
    people.add(`${spaceId} ${personId}`);
    if (voter !== null) voters.add(voter);
  }
  const places = new Map(batch.places.map(([spaceId, channelId, open]) => [`${spaceId} ${channelId}`, open === 1]));
  return batch.answers.map((row) => {
    const [answerId, , spaceId, channelId] = row;
    const personId = row[16];
    const check = checks(answerId);
    const own = served(answerId).map((passage) => servedFacts(passage, people));
    const passages = imported(answerId).map(importedFacts);
    return facts(row, {
      answer: { tokens: check?.[1] ?? 0, findings: findingsOf(check?.[2] ?? null), isBlank: row[8] === 1 },
      prints: { question: questionPrints(answerId)?.[1], answer: answerPrints(answerId)?.[1] },
      isOptedOut: people.size > 0 && people.has(`${spaceId ?? ''} ${personId}`),
      isOpen: spaceId === null ? undefined : places.get(`${spaceId} ${channelId}`),
      passages: own.length === 0 ? passages : own.concat(passages).sort((a, b) => a.n - b.n),
      ballots: ballots(answerId).map((ballot) => castBallot(ballot, voters)),
      corrections: corrections(answerId).map((correction) => correctionText(correction, voters)),
    });
  });
}

/** The answers of a batch around which a text stands that was not looked at by the present version of the checks. */
export function uncheckedIn({ answers, checks, corrections, served, imported }: PreferenceBatch): string[] {
  const owed = new Set<string>();
  const isChecked = new Set<string>();
  for (const [answerId] of checks) isChecked.add(answerId);
  for (const [answerId, , , , , , erased, isQuestionEmpty, isAnswerBlank, questionTokens] of answers) {
    if (erased === 1) continue;
    const isOwed = isQuestionEmpty === 0 && questionTokens === null;
    if (isOwed || (isAnswerBlank === 0 && !isChecked.has(answerId))) owed.add(answerId);
  }
  for (const [answerId, , , , , tokens] of corrections) if (tokens === null) owed.add(answerId);
  for (const [answerId, , , gone, , tokens, , titleOwed] of served) {
    if (gone === 0 && (tokens === null || titleOwed === 1)) owed.add(answerId);
  }
  for (const [answerId, , , , tokens] of imported) if (tokens === null) owed.add(answerId);
  return [...owed];
}

/**
 * The rows of one answer after the other. They lie behind one another, in the order of the answers' ids: these are ASCII
 * (UUIDs and hashes), which the database and `<` order alike.
 */
function runs<Row extends OfAnswer>(rows: readonly Row[]): (answerId: string) => readonly Row[] {
  const next = cursor(rows);
  return (answerId) => {
    const from = next(answerId);
    let to = from;
    while (rows[to]?.[0] === answerId) to++;
    return to === from ? NONE : rows.slice(from, to);
  };
}

/** The same where an answer has one row. */
function single<Row extends OfAnswer>(rows: readonly Row[]): (answerId: string) => Row | undefined {
  const next = cursor(rows);
  return (answerId) => {
    const row = rows[next(answerId)];
    return row?.[0] === answerId ? row : undefined;
  };
}

/** Where the rows of an answer begin, or would; what is asked for comes behind what was asked before. */
function cursor(rows: readonly OfAnswer[]): (answerId: string) => number {
  let at = 0;
  return (answerId) => {
    while (at < rows.length && (rows[at] as OfAnswer)[0] < answerId) at++;
    return at;
  };
}

const NONE: readonly never[] = [];

function facts(
  row: PreferenceRow,
  rest: Pick<PreferenceFacts, 'answer' | 'prints' | 'passages' | 'ballots' | 'corrections'> & {
    readonly isOptedOut: boolean;
    /** Whether everybody in the space may read where it was asked; undefined where that is no channel of ours. */
    readonly isOpen: boolean | undefined;
  },
): PreferenceFacts {
  const [
    answerId,
    platform,
    spaceId,
    channelId,
    askedMs,
    status,
    erased,
    isQuestionEmpty,
    ,
    questionTokens,
    questionFindings,
    origin,
    reader,
    answerer,
    historyTurns,
    mayTrain,
  ] = row;
  const served: Writable<PreferenceFacts['served']> = {
    origin: origin ?? 'asked',
    answerer: answerer ?? 'none',
    historyTurns: historyTurns ?? 0,
  };
  if (mayTrain !== null) served.mayTrain = mayTrain === 1;
  return {
    answerId,
    askedMs,
    status: status as PreferenceFacts['status'],
    erased: erased === 1,
    question: {
      tokens: questionTokens ?? 0,
      findings: findingsOf(questionFindings),
      isEmpty: isQuestionEmpty === 1,
    },
    answer: rest.answer,
    prints: rest.prints,
    asked: askedIn({ platform, spaceId, channelId, reader, origin, isOpen: rest.isOpen, isOptedOut: rest.isOptedOut }),
    passages: rest.passages,
    ballots: rest.ballots,
    corrections: rest.corrections,
    served,
  };
}

/** Where it was asked. A person's own place (a direct message, the command line as somebody) is nobody else's. */
function askedIn(row: {
  readonly platform: string;
  readonly spaceId: string | null;
  readonly channelId: string;
  readonly reader: string | null;
  readonly origin: string | null;
  readonly isOpen: boolean | undefined;
  readonly isOptedOut: boolean;
}): Origin {
  const { platform, channelId, isOptedOut } = row;
  const reader = readerOf(row.reader);
  const audience = (): Origin['audience'] => {
    if (row.origin === 'imported' || !reader) return 'unknown';
    if (reader.kind === 'everybody') return 'everybody';
    if (reader.kind === 'person') return 'person';
    return row.isOpen === undefined ? 'unknown' : row.isOpen ? 'everybody' : 'members';
  };
  const asked: Writable<Origin> = { platform, channelId, audience: audience(), optedOut: isOptedOut };
  const spaceId =
    row.spaceId ?? (reader?.kind === 'everybody' && reader.spaces.length === 1 ? reader.spaces[0] : undefined);
  if (spaceId !== undefined) asked.spaceId = spaceId;
  return asked;
}

function servedFacts(row: ServedRow, optedOut: ReadonlySet<string>): ServedFacts {
  const [, n, passageId, gone, url, tokens, findings, , titleFindings, personIds, platform, spaceId, kind, key, open] =
    row;
  const authors = personIds === null ? [] : (JSON.parse(personIds) as string[]);
  const from: Writable<Origin> = {
    platform: platform ?? 'local',
    audience: open === null ? 'unknown' : open ? 'everybody' : 'members',
    optedOut: optedOut.size > 0 && authors.some((author) => optedOut.has(`${spaceId ?? ''} ${author}`)),
  };
  if (spaceId !== null) from.spaceId = spaceId;
  if (kind === 'channel' && key !== null) from.channelId = key;
  if (gone === 1) from.gone = true;
  const passage: Writable<ServedFacts> = {
    tokens: tokens ?? 0,
    findings: withTitle(findingsOf(findings), titleFindings),
    n,
    key: `p${passageId}`,
    from,
    authors,
  };
  if (url) passage.url = url;
  return passage;
}

/** Its title goes out with a passage: a secret in that is one in the passage. */
function withTitle(findings: readonly Finding[], title: string | null): readonly Finding[] {
  if (title === null) return findings;
  const secrets = findingsOf(title).filter(({ kind }) => kind === 'secret');
  return secrets.length > 0 ? findings.concat(secrets) : findings;
}

const IMPORTED: Origin = { platform: 'import', audience: 'unknown', optedOut: false };

function importedFacts([, n, textId, url, tokens, findings]: ImportedRow): ServedFacts {
  const passage: Writable<ServedFacts> = {
    tokens: tokens ?? 0,
    findings: findingsOf(findings),
    n,
    key: `i${textId}`,
    from: IMPORTED,
    authors: [],
  };
  if (url) passage.url = url;
  return passage;
}

function castBallot([, voter, vote, reason, marks]: BallotRow, optedOut: ReadonlySet<string>): CastBallot {
  const ballot: Writable<CastBallot> = {
    voter,
    confirmed: (marks & 1) !== 0,
    resolved: (marks & 2) !== 0,
    optedOut: optedOut.has(voter),
  };
  if (vote !== 0) ballot.vote = vote > 0 ? 'up' : 'down';
  if (reason !== null) ballot.reason = reason;
  return ballot;
}

function correctionText(row: CorrectionRow, optedOut: ReadonlySet<string>): CorrectionText {
  const [, voter, eventId, correctedMs, text, tokens, findings] = row;
  return {
    text,
    tokens: tokens ?? 0,
    findings: findingsOf(findings),
    voter,
    eventId,
    atMs: correctedMs ?? 0,
    optedOut: optedOut.has(voter),
  };
}
