import { BackscrollError } from '../base/BackscrollError.ts';
import type { Chat, PlatformName } from './Chat.ts';

/** A chat that can be handed on at once; what is asked of it waits until its platform knows us. */
export interface LateChat<Connection> {
  readonly chat: Chat & { shown(): Promise<void> };
  readonly connected: Promise<Connection>;
  arrived(connection: Connection): void;
  /**
   * Does the work of connecting. Rejects with what the operator has to mend, and tells it first; after a stop it is
   * quiet.
   */
  connect(work: () => Promise<void>, onProblem: (sentence: string) => void): Promise<void>;
  /** Nobody waits any more. */
  stop(): void;
}

export function createLateChat<Connection extends { readonly chat: Chat & { shown(): Promise<void> } }>(
  platform: PlatformName,
  signal: AbortSignal,
): LateChat<Connection> {
  const { promise, resolve, reject } = Promise.withResolvers<Connection>();
  promise.catch(() => {});
  return {
    connected: promise,
    arrived: resolve,
    chat: {
      platform,
      begin: async (question) => (await promise).chat.begin(question),
      isAnswered: async (questionId) => (await promise).chat.isAnswered(questionId),
      shown: async () => (await promise).chat.shown(),
    },
    async connect(work, onProblem) {
      try {
        await work();
      } catch (error) {
        reject(error);
        if (signal.aborted) return;
        if (error instanceof BackscrollError) onProblem(error.message);
        throw error;
      }
    },
    stop: () => reject(new BackscrollError('cancelled', 'Backscroll is stopping.')),
  };
}
