import type { Feedback, Said } from '../../feedback/Feedback.ts';
import type { AnswerRecord } from '../../store/answers.ts';

/** An answer as the page shows it. What its citations say is asked for when one is opened, and checked then. */
export interface AnswerView extends Said {
  readonly id: string;
  readonly status: string;
  readonly text: string;
  readonly erased: boolean;
  readonly citations: readonly { readonly n: number; readonly title: string; readonly url: string }[];
  readonly answeredMs: number;
}

/** A question as the page shows it; `shown` is what has been released of an answer that is still being written. */
export interface QuestionView {
  readonly id: string;
  readonly text: string;
  readonly askedMs: number;
  readonly answer?: AnswerView;
  readonly shown?: string;
}

/** An answer as one person sees it, with what they said of it. */
export async function viewAnswer(answer: AnswerRecord, personId: string, feedback: Feedback): Promise<AnswerView> {
  const { id, status, text, erased, citations, answeredMs } = answer;
  return {
    id,
    status,
    text,
    erased,
    citations: citations.map(({ n, title, url }) => ({ n, title, url: webAddress(url) })),
    answeredMs,
    ...(await feedback.present(id, personId)),
  };
}

/** The address if a browser may follow it, else nothing: a file's or a script's is not handed out. */
export function webAddress(url: string): string {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol) ? url : '';
}
