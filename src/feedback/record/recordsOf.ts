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
import type { CastBallot, CorrectionText, Origin, PreferenceRecord, ServedPassage } from './PreferenceRecords.ts';

// The hottest spot of reading a million votes: objects are written out and nothing is spread, which takes a fifth of the
// time.

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Rows as records. */
export function recordsOf({ answers, corrections, served, imported }: PreferenceBatch): PreferenceRecord[] {
  const [correctionsOf, servedOf, importedOf] = [byAnswer(corrections), byAnswer(served), byAnswer(imported)];
  return answers.map((row) => {
    const [answerId] = row;
    const own = servedOf.get(answerId)?.map(servedPassage) ?? [];
    const passages = importedOf.get(answerId)?.map(importedPassage) ?? [];
    return record(
      row,
      own.length === 0 ? passages : own.concat(passages).sort((a, b) => a.n - b.n),
      correctionsOf.get(answerId)?.map(correctionText) ?? [],
    );
  });
}

function byAnswer<Row extends readonly [answerId: string, ...unknown[]]>(rows: readonly Row[]): Map<string, Row[]> {
  return Map.groupBy(rows, ([answerId]) => answerId);
}

function record(
  row: PreferenceRow,
  passages: readonly ServedPassage[],
  corrections: readonly CorrectionText[],
): PreferenceRecord {
  const [
    answerId,
    questionId,
    platform,
    spaceId,
    channelId,
    askedMs,
    status,
    erased,
    question,
    questionTokens,
    questionFindings,
    questionPrint,
    answer,
    answerTokens,
    answerFindings,
    answerPrint,
    origin,
    reader,
    answerer,
    model,
    promptVersion,
    settingsHash,
    cost,
    historyTurns,
    mayTrain,
    askerOptedOut,
    placeOpen,
    ballots,
  ] = row;
  const served: Writable<PreferenceRecord['served']> = {
    origin: origin ?? 'asked',
    answerer: answerer ?? 'none',
    historyTurns: historyTurns ?? 0,
  };
  if (model !== null) served.model = model;
  if (promptVersion !== null) served.promptVersion = promptVersion;
  if (settingsHash !== null) served.settingsHash = settingsHash;
  if (cost !== null) served.cost = cost;
  if (mayTrain !== null) served.mayTrain = mayTrain === 1;
  return {
    answerId,
    questionId,
    askedMs,
    status: status as PreferenceRecord['status'],
    erased: erased === 1,
    question: { text: question, tokens: questionTokens ?? 0, findings: findingsOf(questionFindings) },
    answer: { text: answer, tokens: answerTokens ?? 0, findings: findingsOf(answerFindings) },
    prints: { question: questionPrint, answer: answerPrint },
    asked: askedIn({ platform, spaceId, channelId, reader, origin, placeOpen, isOptedOut: askerOptedOut === 1 }),
    passages,
    ballots: (JSON.parse(ballots) as BallotRow[]).map(castBallot),
    corrections,
    served,
  };
}

const NOTHING: readonly Finding[] = [];

/** @param json written by us; null for most texts, in which nothing was found */
function findingsOf(json: string | null): readonly Finding[] {
  return json === null ? NOTHING : (JSON.parse(json) as Finding[]);
}

/** Where it was asked. A person's own place (a direct message, the command line as somebody) is nobody else's. */
function askedIn(row: {
  readonly platform: string;
  readonly spaceId: string | null;
  readonly channelId: string;
  readonly reader: string | null;
  readonly origin: string | null;
  readonly placeOpen: number | null;
  readonly isOptedOut: boolean;
}): Origin {
  const { platform, channelId, isOptedOut } = row;
  const reader = readerOf(row.reader);
  const audience = (): Origin['audience'] => {
    if (row.origin === 'imported' || !reader) return 'unknown';
    if (reader.kind === 'everybody') return 'everybody';
    if (reader.kind === 'person') return 'person';
    return row.placeOpen === null ? 'unknown' : row.placeOpen ? 'everybody' : 'members';
  };
  const asked: Writable<Origin> = { platform, channelId, audience: audience(), optedOut: isOptedOut };
  const spaceId =
    row.spaceId ?? (reader?.kind === 'everybody' && reader.spaces.length === 1 ? reader.spaces[0] : undefined);
  if (spaceId !== undefined) asked.spaceId = spaceId;
  return asked;
}

function servedPassage(row: ServedRow): ServedPassage {
  const [, n, passageId, text, title, url, tokens, findings, personIds, platform, spaceId, kind, key, open, out] = row;
  const from: Writable<Origin> = {
    platform: platform ?? 'local',
    audience: open === null ? 'unknown' : open ? 'everybody' : 'members',
    optedOut: out === 1,
  };
  if (spaceId !== null) from.spaceId = spaceId;
  if (kind === 'channel' && key !== null) from.channelId = key;
  if (text === null) from.gone = true;
  const passage: Writable<ServedPassage> = {
    text: text ?? '',
    tokens: tokens ?? 0,
    findings: findingsOf(findings),
    n,
    title: title ?? '',
    from,
    authors: personIds === null ? [] : (JSON.parse(personIds) as string[]),
    passageId,
  };
  if (url) passage.url = url;
  return passage;
}

const IMPORTED: Origin = { platform: 'import', audience: 'unknown', optedOut: false };

function importedPassage([, n, text, url, tokens, findings]: ImportedRow): ServedPassage {
  const passage: Writable<ServedPassage> = {
    text,
    tokens: tokens ?? 0,
    findings: findingsOf(findings),
    n,
    title: '',
    from: IMPORTED,
    authors: [],
  };
  if (url) passage.url = url;
  return passage;
}

function castBallot([voter, vote, votedMs, reason, marks]: BallotRow): CastBallot {
  const ballot: Writable<CastBallot> = {
    voter,
    confirmed: (marks & 1) !== 0,
    resolved: (marks & 2) !== 0,
    optedOut: (marks & 4) !== 0,
  };
  if (vote !== 0) ballot.vote = vote > 0 ? 'up' : 'down';
  if (reason !== null) ballot.reason = reason;
  if (votedMs !== null) ballot.votedMs = votedMs;
  return ballot;
}

function correctionText(row: CorrectionRow): CorrectionText {
  const [, voter, eventId, correctedMs, text, tokens, findings, optedOut] = row;
  return {
    text,
    tokens: tokens ?? 0,
    findings: findingsOf(findings),
    voter,
    eventId,
    atMs: correctedMs ?? 0,
    optedOut: optedOut === 1,
  };
}
