/** A message as it is stored; the shape of knowledge's Message. */
export interface MessageRecord {
  readonly id: string;
  readonly atUs: number;
  readonly personId: string;
  readonly threadId?: string;
  readonly replyTo?: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly url?: string }[];
  readonly confirmations: number;
  readonly contradictions: number;
  readonly permalink?: string;
}

export interface MessageRow {
  id: string;
  at_us: number;
  person_id: string;
  thread_id: string | null;
  reply_to: string | null;
  text: string;
  files: string;
  confirmations: number;
  contradictions: number;
  permalink: string | null;
}

export const MESSAGE_COLUMNS =
  'id, at_us, person_id, thread_id, reply_to, text, files, confirmations, contradictions, permalink';

export function messageRecord(row: MessageRow): MessageRecord {
  return {
    id: row.id,
    atUs: row.at_us,
    personId: row.person_id,
    ...(row.thread_id === null ? {} : { threadId: row.thread_id }),
    ...(row.reply_to === null ? {} : { replyTo: row.reply_to }),
    text: row.text,
    files: JSON.parse(row.files),
    confirmations: row.confirmations,
    contradictions: row.contradictions,
    ...(row.permalink === null ? {} : { permalink: row.permalink }),
  };
}
