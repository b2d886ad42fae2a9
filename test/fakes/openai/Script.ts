import type { Drip } from './Drip.ts';

export interface ChatMessage {
  readonly role: string;
  readonly content: string;
}

/** How a stream ends once its pieces are out. Only `done` and `no-done` ever tell a finish reason. */
export type Ending =
  | 'done' // finish reason, usage when asked for, [DONE]
  | 'no-done' // finish reason, then the connection stays open and silent
  | 'dies-late' // finish reason, then the socket is destroyed
  | 'dies' // the socket is destroyed
  | 'ends' // the response ends as if all were well
  | 'malformed' // half a JSON object
  | 'error' // an error object within the stream
  | 'hangs'; // nothing ever again

/** What the next chat completion says. */
export interface ChatScript {
  /** Pieces of text, one chunk each; or made from the messages that were asked. */
  readonly text?: readonly string[] | ((messages: readonly ChatMessage[]) => readonly string[]);
  /** Pieces of `reasoning_content`, sent before the text. */
  readonly reasoning?: readonly string[];
  readonly finish?: 'stop' | 'length' | 'content_filter';
  readonly ending?: Ending;
  readonly drip?: Drip;
  /** False: the server counts no tokens, whatever is asked. */
  readonly usage?: boolean;
}

/** What goes wrong with a whole request, before any of it is looked at. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly message?: string;
      readonly code?: string;
      readonly retryAfterS?: number;
    }
  | { readonly kind: 'hang' } // the request is taken and never answered
  | { readonly kind: 'cut' } // the socket is destroyed without an answer
  | { readonly kind: 'garbage' }; // 200 with something that is no JSON

/** Ways in which compatible servers differ from OpenAI. Left out: as OpenAI. */
export interface Dialect {
  readonly base64?: 'ignored' | 'refused';
  readonly dimensions?: 'refused';
  readonly streamOptions?: 'refused';
  /** The only name for the limit of tokens that it takes. */
  readonly maxTokens?: 'max_tokens' | 'max_completion_tokens';
  readonly errors?: 'flat';
  /** The vectors come in reverse, with their right `index`. */
  readonly order?: 'reversed';
  /** No key is asked for. */
  readonly auth?: 'none';
}
