/** Beside the advice: what would decide, warnings, alternatives, scores, evidence and its dissent, after-care. */
import type { ComponentChildren } from 'preact';
import { afterCare, checks, evidenceLines } from '../../cards/detail.js';
import { scoreLines } from '../../cards/score-lines.js';
import { textsIn } from '../../cards/texts/texts.js';
import { assumptionText, capitalised, toConfirm } from '../../cards/wording.js';
import type { Assessment, FractureAssessment } from '../../decision/assess.js';
import { isAugmentation } from '../../decision/outcome.js';
import { evidenceIn } from '../../knowledge.js';

const t = textsIn('en');

interface Parts {
  readonly assessed: FractureAssessment;
  readonly assessment: Assessment;
}

export function WhatWouldDecide({ assessed: { missing, ifConfirmed } }: Pick<Parts, 'assessed'>) {
  if (missing.length === 0) return null;
  return (
    <section class="would-decide">
      <h3>What would decide</h3>
      <p>Missing: {missing.map((name) => toConfirm(name, t)).join('; ')}.</p>
      {ifConfirmed.length > 0 && (
        <ul>
          {ifConfirmed.map(({ assume, outcome, rule }, index) => (
            <li key={index}>
              If{' '}
              {Object.entries(assume)
                .map(([name, value]) => assumptionText(name, value, t))
                .join(', ')}
              : <strong>{t.outcomes[outcome]}</strong> (row {rule})
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function WhatElse({ assessed, assessment }: Parts) {
  const { alternatives, scores, outcome } = assessed;
  const { record, policy } = assessment;
  const care = afterCare(assessed, record, policy.boneDensityWithinDays, t);
  return (
    <>
      <Lines name="Check" lines={checks([assessed], record, t).map(plain)} />
      <Lines
        name="Alternatives, and why not"
        lines={alternatives.map((one) => `${t.outcomeLabels[one.outcome]}: ${t.alternatives[one.id]}`)}
      />
      <Lines name="Scores counted from these findings" lines={scoreLines(scores, t)} />
      <Lines name="Evidence, and where it disagrees" lines={evidenceLines(assessed, t)} />
      <Lines name="Risks" lines={isAugmentation(outcome) ? [evidenceIn('en').risks] : []} />
      <Lines name="After-care" lines={care} />
    </>
  );
}

/** Lines for cards quote in Markdown; here the words stand for themselves. */
function plain(line: string): string {
  return line.replaceAll('`', '');
}

export function Lines({
  name,
  lines,
}: {
  readonly name: string;
  readonly lines: readonly ComponentChildren[];
}) {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{name}</h3>
      <ul>
        {lines.map((line, index) => (
          <li key={index}>{typeof line === 'string' ? capitalised(line) : line}</li>
        ))}
      </ul>
    </>
  );
}
