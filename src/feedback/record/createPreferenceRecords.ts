import {
  type BallotRow,
  type PreferenceBatch,
  type PreferenceRow,
  type PreferenceRows,
  readerOfRow,
  type ServedRow,
} from '../../store/preferenceRows.ts';
import type { Finding } from '../redact/Finding.ts';
import type { TextChecking } from './createTextChecking.ts';
import type {
  CastBallot,
  CheckedText,
  CorrectionText,
  Origin,
  PreferenceRecord,
  PreferenceRecords,
  ServedPassage,
} from './PreferenceRecords.ts';

const ANSWERS_AT_ONCE = 100;

/** The record from the database; see the port. */
export function createPreferenceRecords(deps: {
  readonly rows: PreferenceRows;
  readonly checking: TextChecking;
}): PreferenceRecords {
  return {
    async *read() {
      await deps.checking.settle();
      for (let last = ''; ; ) {
        const batch = deps.rows.after(last, ANSWERS_AT_ONCE);
        if (batch.answers.length === 0) return;
        yield* records(batch);
        last = batch.answers.at(-1)?.answerId ?? '';
      }
    },
    async one(answerId) {
      await deps.checking.answer(answerId);
      return records(deps.rows.of([answerId]))[0];
    },
  };
}

function records({ answers, ballots, passages }: PreferenceBatch): PreferenceRecord[] {
  const ballotsOf = Map.groupBy(ballots, ({ answerId }) => answerId);
  const passagesOf = Map.groupBy(passages, ({ answerId }) => answerId);
  return answers.map((row) => record(row, ballotsOf.get(row.answerId) ?? [], passagesOf.get(row.answerId) ?? []));
}

function record(row: PreferenceRow, ballots: readonly BallotRow[], passages: readonly ServedRow[]): PreferenceRecord {
  const { answerId, questionId, askedMs, model, promptVersion, settingsHash, cost } = row;
  return {
    ...{ answerId, questionId, askedMs, status: row.status as PreferenceRecord['status'], erased: row.erased === 1 },
    question: checked(row.question, row.questionCheck),
    answer: checked(row.answer, row.answerCheck),
    asked: askedIn(row),
    passages: passages.map(servedPassage),
    ballots: ballots.map(castBallot),
    corrections: ballots.flatMap(correctionOf).sort((a, b) => a.eventId - b.eventId),
    served: {
      origin: row.origin ?? 'asked',
      answerer: row.answerer ?? 'none',
      ...(model === null ? {} : { model }),
      ...(promptVersion === null ? {} : { promptVersion }),
      ...(settingsHash === null ? {} : { settingsHash }),
      ...(cost === null ? {} : { cost }),
      historyTurns: row.historyTurns ?? 0,
      ...(row.mayTrain === null ? {} : { mayTrain: row.mayTrain === 1 }),
    },
  };
}

const NOTHING: readonly Finding[] = [];
const EMPTY = ',[]]';

/** @param check `[tokens, findings]` as JSON, written by us */
function checked(text: string, check: string | null): CheckedText {
  if (check === null) return { text, tokens: 0, findings: NOTHING };
  // Nothing was found in most texts, and there are millions of them.
  if (check.endsWith(EMPTY)) return { text, tokens: Number(check.slice(1, -EMPTY.length)), findings: NOTHING };
  const [tokens, findings] = JSON.parse(check) as [number, Finding[]];
  return { text, tokens, findings };
}

/** Where it was asked. A person's own place (a direct message, the command line as somebody) is nobody else's. */
function askedIn(row: PreferenceRow): Origin {
  const reader = readerOfRow(row);
  const spaceId =
    row.spaceId ?? (reader?.kind === 'everybody' && reader.spaces.length === 1 ? reader.spaces[0] : undefined);
  const audience = (): Origin['audience'] => {
    if (row.origin === 'imported' || !reader) return 'unknown';
    if (reader.kind === 'everybody') return 'everybody';
    if (reader.kind === 'person') return 'person';
    return row.placeOpen === null ? 'unknown' : row.placeOpen ? 'everybody' : 'members';
  };
  return {
    platform: row.platform,
    ...(spaceId === undefined ? {} : { spaceId }),
    channelId: row.channelId,
    audience: audience(),
    optedOut: row.askerOptedOut === 1,
  };
}

function servedPassage(row: ServedRow): ServedPassage {
  const { n, passageId, text, title, url, platform, spaceId, sourceKind, sourceKey, open } = row;
  const from: Origin = {
    platform: platform ?? 'local',
    ...(spaceId === null ? {} : { spaceId }),
    ...(sourceKind === 'channel' && sourceKey !== null ? { channelId: sourceKey } : {}),
    audience: open === null ? 'unknown' : open ? 'everybody' : 'members',
    optedOut: row.optedOut === 1,
    ...(text === null ? { gone: true as const } : {}),
  };
  return {
    ...checked(text ?? '', row.check),
    ...{ n, title: title ?? '', from },
    ...(passageId === null ? {} : { passageId }),
    ...(url === null || url === '' ? {} : { url }),
    authors: row.personIds === null ? [] : (JSON.parse(row.personIds) as string[]),
  };
}

function castBallot({ voter, vote, votedMs, reason, confirmed, resolved, optedOut }: BallotRow): CastBallot {
  // The hottest spot of reading a million votes: spreading optional parts together takes five times as long.
  const ballot: { -readonly [K in keyof CastBallot]: CastBallot[K] } = {
    voter,
    confirmed: confirmed === 1,
    resolved: resolved === 1,
    optedOut: optedOut === 1,
  };
  if (vote !== 0) ballot.vote = vote > 0 ? 'up' : 'down';
  if (reason !== null) ballot.reason = reason;
  if (votedMs !== null) ballot.votedMs = votedMs;
  return ballot;
}

function correctionOf(row: BallotRow): CorrectionText[] {
  if (row.correctionId === null || row.correction === null) return [];
  const { voter, correctionId, correctedMs, optedOut } = row;
  const text = checked(row.correction, row.correctionCheck);
  return [{ ...text, voter, eventId: correctionId, atMs: correctedMs ?? 0, optedOut: optedOut === 1 }];
}
