import type { Generated } from 'kysely';

/** The tables of feedback, from votes to datasets; see tables.ts for how they are written. */
export interface FeedbackTables {
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
    /** The kind of the last event, and its moment: what is folded in later and was said earlier begins the row anew. */
    last: string;
    last_ms: number;
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
  imported_passages: { answer_id: string; n: number; text_id: number; url: string | null };
  /** Their texts, each once. */
  imported_texts: { id: Generated<number>; hash: Uint8Array; text: string };
  text_checks: {
    kind: 'question' | 'answer' | 'correction' | 'comment' | 'passage' | 'imported' | 'title';
    /** The question's, answer's, event's, passage's, imported text's or (of a title) document's id. */
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
  /** Folders that are being written, or were moved aside, beside the place of a dataset. */
  dataset_places: { path: string; out: string; kind: 'partial' | 'before' };
  /** Filled by training (to come): `forget` names those whose dataset held what is gone. */
  trained_models: { name: string; dataset: number; made_ms: number; forgotten_ms: number | null };
  /** One row: how often words, votes or rights of anybody were taken back. */
  erasures: { only_row: number; count: number };
}
