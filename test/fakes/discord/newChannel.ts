import type { ChannelKind, FakeChannel } from './State.ts';

/** An empty one. */
export function newChannel(
  id: string,
  kind: ChannelKind,
  name: string,
  more: Partial<Omit<FakeChannel, 'id' | 'kind' | 'name' | 'messages' | 'ephemerals'>> = {},
): FakeChannel {
  return {
    ...{ id, kind, name },
    topic: null,
    position: 0,
    overwrites: [],
    messages: new Map(),
    ephemerals: new Map(),
    tags: [],
    ...more,
  };
}
