import type { Database } from './database.ts';

export interface PostRecord {
  readonly platform: string;
  readonly channelId: string;
  /** The platform's id of the message. */
  readonly messageId: string;
  readonly questionId: string;
  /** Undefined while the answer is not finished. */
  readonly answerId?: string;
  /** From 0: a long answer is several messages. */
  readonly part: number;
}

/** Which message of a platform shows which answer: votes on old posts, edits and withdrawals find their way by it. */
export interface Posts {
  /** Stores a post, or what it shows now. Resolves when it is on disk. */
  put(post: PostRecord): Promise<void>;
  find(platform: string, channelId: string, messageId: string): PostRecord | undefined;
  /** The posts of a question whose id is this or begins with it and a `#`, in order. */
  ofQuestion(questionId: string): PostRecord[];
  remove(post: Pick<PostRecord, 'platform' | 'channelId' | 'messageId'>): Promise<void>;
}

type Row = Omit<PostRecord, 'answerId'> & { readonly answerId: string | null };

export function createPosts(db: Database): Posts {
  const SELECT = `SELECT platform, channel_id AS channelId, message_id AS messageId, question_id AS questionId,
    answer_id AS answerId, part FROM posts`;
  const record = ({ answerId, ...rest }: Row): PostRecord => ({ ...rest, ...(answerId === null ? {} : { answerId }) });
  return {
    async put(post) {
      await db.durable(() =>
        db.run(
          `INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET question_id = excluded.question_id,
             answer_id = excluded.answer_id, part = excluded.part`,
          post.platform,
          post.channelId,
          post.messageId,
          post.questionId,
          post.answerId ?? null,
          post.part,
        ),
      );
    },
    find(platform, channelId, messageId) {
      const row = db.get<Row>(
        `${SELECT} WHERE platform = ? AND channel_id = ? AND message_id = ?`,
        platform,
        channelId,
        messageId,
      );
      return row && record(row);
    },
    ofQuestion(questionId) {
      // '$' comes right after '#'.
      return db
        .all<Row>(
          `${SELECT} WHERE question_id = ?1 OR (question_id >= ?1 || '#' AND question_id < ?1 || '$') ORDER BY part, message_id`,
          questionId,
        )
        .map(record);
    },
    async remove({ platform, channelId, messageId }) {
      await db.durable(() =>
        db.run(
          'DELETE FROM posts WHERE platform = ? AND channel_id = ? AND message_id = ?',
          platform,
          channelId,
          messageId,
        ),
      );
    },
  };
}
