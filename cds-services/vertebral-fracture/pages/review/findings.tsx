/** Every finding of a vertebra or of the patient: known, stale and unknown alike, each with its date, source and words. */
import { textsIn } from '../../cards/texts/texts.js';
import { capitalised, valueText } from '../../cards/wording.js';
import { fractureFindingNames, patientFindingNames } from '../../findings/catalogue.js';
import type { Evidence, Finding, FindingName, RecordFindings } from '../../findings/finding.js';
import type { Interval } from '../../findings/interval.js';
import type { MarkedSentence, SentenceOf } from './report-words.js';

const t = textsIn('en');

type AnyFinding = Finding<boolean | string | Interval>;

export interface FindingsParts {
  readonly name: string;
  readonly names: readonly FindingName[];
  readonly findings: Readonly<Partial<Record<FindingName, AnyFinding>>>;
  readonly stale: RecordFindings['stale'];
  readonly sentenceOf: SentenceOf;
}

export const namesOf = { fracture: fractureFindingNames, patient: patientFindingNames };

export function Findings({ name, names, findings, stale, sentenceOf }: FindingsParts) {
  const known = names.flatMap((one) => {
    const finding = findings[one];
    return finding === undefined ? [] : [{ name: one, finding }];
  });
  const outdated = stale.filter(({ finding }) => names.includes(finding) && findings[finding] === undefined);
  const unknown = names.filter(
    (one) => findings[one] === undefined && !outdated.some(({ finding }) => finding === one),
  );
  return (
    <>
      <div class="scroll" role="region" aria-label={name} tabIndex={0}>
        <table class="rows found">
          <thead>
            <tr>
              <th scope="col">finding</th>
              <th scope="col">value</th>
              <th scope="col">date, source, words</th>
            </tr>
          </thead>
          <tbody>
            {known.map((one) => (
              <Known key={one.name} {...one} sentenceOf={sentenceOf} />
            ))}
            {outdated.map((one) => (
              <Outdated key={`${one.finding} ${one.resource}`} stale={one} />
            ))}
          </tbody>
        </table>
      </div>
      {unknown.length > 0 && (
        <div class="not-known">
          <strong>Not known:</strong>
          <ul>
            {unknown.map((one) => (
              <li key={one}>{t.findings[one]}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

interface KnownParts {
  readonly name: FindingName;
  readonly finding: AnyFinding;
  readonly sentenceOf: SentenceOf;
}

function Known({ name, finding, sentenceOf }: KnownParts) {
  return (
    <tr>
      <th scope="row">{capitalised(t.findings[name])}</th>
      <td>
        <strong>{valueText(name, finding, t)}</strong>
        {finding.conflict === true && <span class="badge warning">sources disagree</span>}
      </td>
      <td>
        {finding.evidence.map((one, index) => (
          <Source key={index} evidence={one} sentence={sentenceOf(one)} />
        ))}
      </td>
    </tr>
  );
}

function Source({
  evidence,
  sentence,
}: {
  readonly evidence: Evidence;
  readonly sentence: MarkedSentence | undefined;
}) {
  const { resource, date, quote, derived, status } = evidence;
  return (
    <div class="source">
      <span>{date?.slice(0, 10) ?? 'undated'}</span> <code>{resource}</code>
      {status !== undefined && <span class="badge warning">not final</span>}
      {derived !== undefined && <small>concluded: {derived}</small>}
      {sentence === undefined ? (
        quote !== undefined && <small>“{quote}”</small>
      ) : (
        <blockquote>
          {sentence.before}
          <mark>{sentence.words}</mark>
          {sentence.after}
        </blockquote>
      )}
    </div>
  );
}

/** Recorded, but too old to count. */
function Outdated({
  stale: { finding, resource, date },
}: {
  readonly stale: RecordFindings['stale'][number];
}) {
  return (
    <tr>
      <th scope="row">{capitalised(t.findings[finding])}</th>
      <td>
        <span class="badge warning">out of date</span>
      </td>
      <td>
        <div class="source">
          <span>{date?.slice(0, 10) ?? 'undated'}</span> <code>{resource}</code>
          <small>recorded, but does not count: ask again</small>
        </div>
      </td>
    </tr>
  );
}
