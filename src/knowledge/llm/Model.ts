export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ModelRequest {
  readonly messages: readonly ModelMessage[];
  readonly maxTokens: number;
  readonly signal: AbortSignal;
}

export type ModelEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'usage'; readonly inputTokens: number; readonly outputTokens: number };

/**
 * A language model that writes.
 * An implementation owes: text as it comes; usage at most once, at the end, if the server tells it; an end of the
 * iteration only when the model finished by itself (a stream that broke off throws BackscrollError `unavailable`, a
 * refusal to serve throws `refused`, an aborted signal throws `cancelled`); no retry once text has been given out.
 */
export interface Model {
  readonly name: string;
  stream(request: ModelRequest): AsyncIterable<ModelEvent>;
}
