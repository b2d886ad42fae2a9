import type { Generated } from 'kysely';
import type { SourceKind } from './sources.ts';
import type { SyncTables } from './syncTables.ts';

/**
 * The tables, one interface each. Times are microseconds (`…_us`) or milliseconds (`…_ms`) since 1970.
 * Columns that hold JSON say so; they are written by us alone.
 */
export interface Tables extends SyncTables {
  spaces: { id: string; platform: string; name: string; created_ms: number };
  space_aliases: { name: string; space_id: string };
  people: { space_id: string; id: string; name: string; handle: string | null; is_bot: number; is_guest: number };
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
  feedback_events: {
    id: Generated<number>;
    event_id: string;
    answer_id: string;
    voter: string;
    kind: 'up' | 'down' | 'withdrawn' | 'correction' | 'reason' | 'comment' | 'confirmed' | 'resolved';
    /** A person's words; null where there are none, or when they were erased. */
    text: string | null;
    at_ms: number;
    /** Why, in a word of ours: it outlives the words. */
    reason: string | null;
    /** Of a withdrawal: `correction`, `comment`, `confirmed`, `resolved`; null is the vote. */
    withdraws: string | null;
  };
  feedback_present: {
    answer_id: string;
    voter: string;
    vote: number; // 1, -1, 0
    voted_ms: number | null;
    reason: string | null;
    /** The event that holds its words; it stays when they are erased. */
    correction_id: number | null;
    corrected_ms: number | null;
    comment_id: number | null;
    confirmed: number;
    resolved: number;
    /** The kind of the last event that was folded in. */
    last: string;
  };
  served: {
    answer_id: string;
    origin: 'asked' | 'imported';
    reader: string | null; // JSON
    language: string | null;
    answerer: string;
    model: string | null;
    prompt_version: string | null;
    settings_hash: string | null;
    embedder: string | null;
    input_tokens: number | null;
    output_tokens: number | null;
    cost: number | null;
    history_turns: number;
    history_hash: string | null;
    /** Of what was imported: 1 when the operator said that it may be trained on. */
    may_train: number | null;
  };
  /** The passages that an answer was offered, by the number that it cites them under. */
  served_passages: { answer_id: string; n: number; passage_id: number };
  served_settings: { hash: string; body: string };
  imported_passages: { answer_id: string; n: number; text: string; url: string | null };
  text_checks: {
    kind: 'question' | 'answer' | 'correction' | 'comment' | 'passage' | 'imported';
    /** The question's, answer's, event's or passage's id; `ANSWER N` of what was imported. */
    key: string;
    version: number;
    tokens: number;
    findings: string; // JSON: places and kinds, never words
  };
  opt_outs: { space_id: string; person_id: string; asked_ms: number; scope: string; voter: string | null };
  /** Answers whose feedback changed since it was last put into the index, or taken out. */
  learn_owed: { answer_id: string; mark: number };
  learned: {
    answer_id: string;
    kind: 'correction' | 'confirmed';
    source_id: number;
    document_key: string;
    learned_ms: number;
  };
  /** Audiences that a reader must have for it, beside its source's and those of the passages that were served. */
  learned_needs: { answer_id: string; audience_id: number };
  /** Passages that its answer rested on, and those that these were learned from. */
  learned_rests: { answer_id: string; passage_id: number };
  /** By what a rated text is known again: see feedback/datasets/alike/fingerprint.ts. */
  fingerprints: { kind: 'question' | 'answer' | 'correction'; key: string; version: number; print: Uint8Array };
  review_decisions: {
    answer_id: string;
    decision: 'good' | 'bad' | 'discard' | 'edit';
    at_ms: number;
  };
  datasets: {
    number: Generated<number>;
    /** Made from its files: the same content is the same id. */
    id: string;
    format: string;
    folder: string;
    /** The dataset that stood in its folder before. */
    parent: string | null;
    order_body: string; // JSON: how it was asked for, so that it can be built again
    row_count: number;
    made_ms: number;
    state: 'writing' | 'whole' | 'replaced';
  };
  /**
   * Which answers a dataset's rows are made of: JSON, for each line of the file the list of its answers' ids. `split` is
   * 0 train, 1 validation, 2 test. Written in one piece: it is asked only when somebody is forgotten.
   */
  dataset_rows: { dataset: number; split: number; answer_ids: string };
  /** Filled by training (to come): `forget` names those whose dataset held what is gone. */
  trained_models: { name: string; dataset: number; made_ms: number; forgotten_ms: number | null };
  web_sessions: { token_hash: Uint8Array; person_id: string; created_ms: number; seen_ms: number };
  settings: { key: string; value: string };
}
