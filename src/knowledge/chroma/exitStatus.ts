/** How the server's process tells its parent why it ended by itself. */
export const exitStatus = {
  /** No native binding could be loaded on this machine. */
  noBinding: 71,
  /** Chroma gave the command line back: it would not serve, as a rule because the port was taken meanwhile. */
  notServing: 72,
} as const;
