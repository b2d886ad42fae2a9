import type { Exchange } from '../Rated.ts';

/** A row as whoever puts it into words needs it. */
export interface Line {
  /** Whose prompt it has. */
  readonly of: Exchange;
  readonly completion: Said;
  readonly rejected: Said | undefined;
  readonly label: boolean | undefined;
}

/** An answer, or with `eventId` what somebody says it should have been. */
export interface Said {
  readonly of: Exchange;
  readonly eventId: number | undefined;
}
