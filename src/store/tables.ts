import type { Generated } from 'kysely';
import type { FeedbackTables } from './feedbackTables.ts';
import type { SourceKind } from './sources.ts';
import type { SyncTables } from './syncTables.ts';

/**
 * The tables, one interface each. Times are microseconds (`…_us`) or milliseconds (`…_ms`) since 1970.
 * Columns that hold JSON say so; they are written by us alone.
 */
export interface Tables extends SyncTables, FeedbackTables {
  spaces: { id: string; platform: string; name: string; created_ms: number };
  space_aliases: { name: string; space_id: string };
  people: { space_id: string; id: string; name: string; handle: string | null; is_bot: number; is_guest: number };
  /** All that they go or went by; not of bots. */
  person_names: { id: Generated<number>; space_id: string; person_id: string; name: string };
  audiences: {
    id: Generated<number>;
    space_id: string;
    kind: 'everybody' | 'members';
    key: string;
    /** 1 when it has a collection of vectors of its own. */
    promoted: Generated<number>;
  };
  audience_members: { audience_id: number; person_id: string };
  sources: {
    id: Generated<number>;
    space_id: string;
    kind: SourceKind;
    key: string;
    name: string;
    url: string | null;
    audience_id: number;
    /** 1 while its passages lie in the indexes under an earlier audience. */
    moving: Generated<number>;
    /** The source whose readers are this one's. */
    follows_id: Generated<number | null>;
    changed_ms: number;
  };
  messages: {
    source_id: number;
    id: string;
    at_us: number;
    person_id: string;
    thread_id: string | null;
    reply_to: string | null;
    text: string;
    files: string; // JSON
    confirmations: number;
    contradictions: number;
    permalink: string | null;
    hash: Uint8Array;
    /** 1 when the platform itself said that it is in a thread; 0 when that was concluded from a reply to it. */
    thread_told: number;
    linked: number;
    antecedent_id: string | null;
    root_id: string | null;
  };
  /** `mark` is another each time that a conversation becomes dirty. */
  dirty_conversations: { source_id: number; root_id: string; mark: number };
  documents: {
    id: Generated<number>;
    source_id: number;
    key: string;
    kind: 'conversation' | 'page';
    title: string;
    url: string;
    at_us: number | null;
    confirmations: number;
    contradictions: number;
    hash: Uint8Array;
  };
  passages: {
    id: Generated<number>;
    document_id: number;
    key: string;
    version: number;
    live: number;
    hash: Uint8Array;
    title_path: string; // JSON
    text: string;
    url: string;
    language: string;
    tokens: number;
    person_ids: string; // JSON
    from_us: number | null;
    to_us: number | null;
    ordinal: number;
    signature: Uint8Array | null;
    indexed_audience_id: number;
  };
  passage_messages: { source_id: number; message_id: string; passage_id: number };
  embeddings: { embedder: string; hash: Uint8Array; vector: Uint8Array };
  generations: {
    id: Generated<number>;
    embedder: string;
    dimensions: number;
    state: 'filling' | 'serving' | 'retired';
    created_ms: number;
  };
  vectors: {
    passage_id: number;
    generation_id: number;
    /** 0 wanted (not there, or not in its place), 1 there, 2 to be taken away. */
    state: number;
    /** Where it lies now, null when nowhere. */
    collection: string | null;
  };
  jobs: {
    id: Generated<number>;
    kind: string;
    arguments: string; // JSON
    state: 'running' | 'done' | 'failed';
    started_ms: number;
    ended_ms: number | null;
    outcome: string | null; // JSON: a report, or a sentence
  };
  inbox: {
    id: string;
    platform: string;
    payload: string; // JSON
    state: 'waiting' | 'done' | 'failed';
    received_ms: number;
    done_ms: number | null;
    tries: number;
  };
  outbox: {
    question_id: string;
    platform: string;
    state: 'begun' | 'posted';
    post_ref: string | null;
    changed_ms: number;
  };
  posts: {
    platform: string;
    channel_id: string;
    message_id: string;
    question_id: string;
    answer_id: string | null;
    part: number;
  };
  discord_members: { space_id: string; person_id: string; roles: string /* JSON */ };
  questions: {
    id: string;
    platform: string;
    space_id: string | null;
    channel_id: string;
    thread_id: string;
    person_id: string;
    text: string;
    asked_ms: number;
  };
  answers: {
    id: string;
    question_id: string;
    status: string;
    text: string;
    notes: string; // JSON
    answered_ms: number;
    erased: number;
  };
  citations: { answer_id: string; n: number; passage_id: number; title: string; url: string; quote: string };
  traces: { answer_id: string; body: string; kept_until_ms: number };
  trace_passages: { answer_id: string; passage_id: number };
  web_sessions: { token_hash: Uint8Array; person_id: string; created_ms: number; seen_ms: number };
  settings: { key: string; value: string };
}
