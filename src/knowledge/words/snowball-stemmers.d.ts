/** The part of `snowball-stemmers` 0.6 that we use; the package carries no types. */
declare module 'snowball-stemmers' {
  export interface Stemmer {
    stem(word: string): string;
  }
  /** Throws for an algorithm that it does not know. */
  export function newStemmer(algorithm: string): Stemmer;
}
