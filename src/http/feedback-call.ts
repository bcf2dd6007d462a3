/**
 * Takes feedback on the cards of a service. The standard prescribes no answer: it is 200, after the feedback is durable.
 */
import { parseFeedback } from '../cds-hooks/feedback.js';
import type { CdsService } from '../cds-hooks/service.js';
import type { FeedbackIntake } from '../feedback/intake.js';
import type { Answer } from './answer.js';
import type { Caller } from './caller.js';

export interface FeedbackParts {
  readonly feedback: Pick<FeedbackIntake, 'addFeedback'>;
  readonly clock: () => Date;
}

export async function takeFeedback(
  service: CdsService,
  body: unknown,
  { keptAs: client }: Caller,
  parts: FeedbackParts,
): Promise<Answer> {
  const facts = { service: service.id };
  const parsed = parseFeedback(body);
  if (!parsed.ok) return { failure: 'invalid-request', problems: parsed.problems, facts };
  const receivedAt = parts.clock();
  const isStored = await parts.feedback.addFeedback(
    parsed.value.map((feedback) => ({ service: service.id, client, feedback, receivedAt })),
  );
  if (!isStored) return { failure: 'not-stored', facts };
  const stored = parsed.value.length;
  const accepted = parsed.value.filter(({ outcome }) => outcome === 'accepted').length;
  return { body: { stored }, facts: { ...facts, feedback: stored, accepted } };
}
