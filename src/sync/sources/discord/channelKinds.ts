const FORUM = 15;
const MEDIA = 16;
const TEXT = 0;
const ANNOUNCEMENT = 5;

/** Nothing stands in it but threads, each with its first message. */
export const holdsPosts = (type: number) => type === FORUM || type === MEDIA;
export const mayHaveThreads = (type: number) => holdsPosts(type) || type === TEXT || type === ANNOUNCEMENT;
