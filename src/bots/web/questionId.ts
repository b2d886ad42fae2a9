const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const QUESTION = new RegExp(`^(web:[A-Za-z0-9_-]+):(${UUID}):(${UUID})$`);

/** Where a question of the web chat belongs, and the uuid that the page gave it. */
export interface QuestionParts {
  readonly personId: string;
  readonly threadId: string;
  readonly uuid: string;
}

/**
 * The id of a question: whose it is, in which thread, and the page's own uuid, so that a request that is sent again is
 * the same question, nobody can name another's, and the thread that holds its answer is known from the id alone.
 */
export function questionId({ personId, threadId, uuid }: QuestionParts): string {
  return `${personId}:${threadId}:${uuid}`;
}

/** The parts of an id made by `questionId`, or undefined when it is none. */
export function readQuestionId(id: string): QuestionParts | undefined {
  const [, personId, threadId, uuid] = QUESTION.exec(id) ?? [];
  return personId && threadId && uuid ? { personId, threadId, uuid } : undefined;
}
