import type { Ask } from '../knowledge/ask/Ask.ts';
import type { Chat } from './Chat.ts';

/** Backscroll on one platform, for a process that stays. */
export interface PlatformBot<State> {
  /** Can be handed on at once; what is asked of it waits until the platform knows us. */
  readonly chat: Chat & { shown(): Promise<void> };
  /** Connects, for as long as it takes. Rejects with what the operator has to mend; everything else goes on without. */
  start(): Promise<void>;
  /** An Ask that knows who reads along; see createGuard. */
  guard(ask: Ask): Ask;
  state(): State;
  /** Stops listening and gives up what waits for the platform; it is taken up at the next start. */
  stop(): Promise<void>;
}
