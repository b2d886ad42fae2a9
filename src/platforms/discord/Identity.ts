import { z } from 'zod';

/** Who we are in Discord; what is not known before the gateway's READY is learned from it. */
export interface Identity {
  appId: string;
  botUserId: string;
  name: string;
  /** Whether the portal allows the content of messages; undefined when Discord does not tell. */
  readonly hasMessageContent?: boolean;
}

const id = z.string().regex(/^\d{1,20}$/);
const ready = z.object({
  user: z.object({ id, username: z.string().catch('') }),
  application: z.object({ id }).optional().catch(undefined),
});

/** Takes in what READY says of us. */
export function learnIdentity(identity: Identity, data: unknown): void {
  const said = ready.safeParse(data).data;
  if (!said) return;
  identity.botUserId ||= said.user.id;
  identity.appId = said.application?.id ?? (identity.appId || said.user.id);
  identity.name ||= said.user.username || said.user.id;
}
