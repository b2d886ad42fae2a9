/**
 * How a question is put to the model that answers, as it is done today: what is trained on has to look like what is
 * served. The port is `knowledge`'s to fill; `main.ts` hands it in.
 */
export interface Prompting {
  /** Changes when the messages do. */
  readonly version: string;
  /**
   * What the system says (one of a few texts, each always the same string), and what the user asks.
   * @param key chooses the delimiters, so that they are the same in every run; with no passages the question stands alone
   */
  messages(
    key: string,
    question: string,
    passages: readonly { readonly n: number; readonly title: string; readonly text: string }[],
  ): { readonly system: string; readonly user: string };
  /** Tokens of the messages beside question and passages, and of what stands around one passage. */
  readonly tokens: { readonly alone: number; readonly around: number; readonly passage: number };
}
