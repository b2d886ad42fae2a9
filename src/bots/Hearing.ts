/** Who hears a platform's events beside its bot: sync. */
export interface Hearing<Event> {
  isWanted(event: Event): boolean;
  /** Resolves when the event is on disk; only then is it acknowledged. One that is known already is no error. */
  keep(eventId: string, event: Event): Promise<void>;
  /** Takes up what an earlier process left. */
  resume(): Promise<void>;
  /** Events may have been missed. */
  missed(): void;
}

/** Something that the operator should know of a source. */
export interface Trouble {
  readonly sentence: string;
  /** The channel that it is about, if it is one: who may not read it is not told of it. */
  readonly channelId?: string;
}
