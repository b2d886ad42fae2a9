/** `slack:T061A2UFL`, `discord:81384788765712384`, `local:handbook`: the platform's identity, never a name. */
export type SpaceId = string;

/**
 * For whom an answer is made. It stands for a set of audiences, looked up in the database each time it is used:
 * - `everybody`: what everybody in each of these spaces may read (the web chat, the command line)
 * - `person`: what one person of a space may read (a DM, an ephemeral answer, `--as`)
 * - `place`: what all who can see one channel may read (an answer posted there)
 */
export type Reader =
  | { readonly kind: 'everybody'; readonly spaces: readonly SpaceId[] }
  | { readonly kind: 'person'; readonly space: SpaceId; readonly personId: string }
  | { readonly kind: 'place'; readonly space: SpaceId; readonly channelId: string };
