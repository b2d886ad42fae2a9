/** Milliseconds since 1970. Time is handed in, so that no test waits for it. */
export type Clock = () => number;
