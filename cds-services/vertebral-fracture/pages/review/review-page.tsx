/** The fracture review: everything the advice was made from, and every reason for it, about one patient. */
import type { PageContent } from '../../../../src/web/page/document.js';
import type { ReviewedPatient } from '../../../../src/web/page/service-pages.js';
import { dataGaps } from '../../cards/data-gaps.js';
import { notLookedAt } from '../../cards/left-out.js';
import { textsIn } from '../../cards/texts/texts.js';
import { capitalised } from '../../cards/wording.js';
import { assess, type Assessment, type FractureAssessment } from '../../decision/assess.js';
import { gatherFindings } from '../../findings/gather.js';
import { patientRecord } from '../../findings/patient-record.js';
import { knowledgeVersion } from '../../policy.js';
import type { Site } from '../../site.js';
import { contextOf } from './app-context.js';
import { DecisionPath } from './decision-path.js';
import { Findings, namesOf } from './findings.js';
import { type SentenceOf, sentencesIn } from './report-words.js';
import { lookOf, Spine } from './spine.js';
import { WhatElse, WhatWouldDecide } from './what-else.js';
import type { WhatIfData } from './what-if-data.js';
import { anchorOf, headlineOf, nameOf } from './words.js';

const t = textsIn('en');

/** @param patient the record as it was read for this page alone; nothing of it is kept */
export function reviewPage(patient: ReviewedPatient, site: Site): PageContent {
  const resources = [...patient.data.values()].flatMap((one) =>
    one.state === 'present' ? one.resources : [],
  );
  const entries = resources.map((resource) => ({ resource }));
  const record = patientRecord({
    entries,
    patientId: patient.patientId,
    asOf: patient.asOf.getTime(),
    fhirServer: patient.fhirServer,
    valueSets: site.valueSets,
    localCodes: site.localCodes,
  });
  const assessment = assess(gatherFindings(record, site.policy), site.policy);
  const focus = contextOf(patient.appContext);
  const ordered = [...assessment.fractures].sort((a, b) => isMeant(b, focus) - isMeant(a, focus));
  const sentenceOf = sentencesIn(resources);
  const data: WhatIfData = { record: assessment.record, policy: site.policy };
  return {
    title: `Fracture review: ${person(assessment)}`,
    script: 'review',
    data,
    main: (
      <>
        <h1>Fracture review</h1>
        <p class="lead">
          {capitalised(person(assessment))}. Judged on {assessment.record.asOf.slice(0, 10)}, knowledge{' '}
          <a href="/knowledge">{knowledgeVersion}</a>.
        </p>
        <p class="soft">
          Supports clinical judgement and does not replace it. Nothing on this page is kept here.
        </p>
        <div class="review">
          <Spine assessment={assessment} />
          <div>
            {ordered.length === 0 ? (
              <p class="note">No vertebral fracture is recorded in what could be read.</p>
            ) : (
              ordered.map((one) => <Verdict key={anchorOf(one)} assessed={one} />)
            )}
            {ordered.map((one) => (
              <Reviewed key={anchorOf(one)} assessed={one} assessment={assessment} sentenceOf={sentenceOf} />
            ))}
            <section id="what-if" />
            <section id="patient">
              <h2>The patient</h2>
              <Findings
                name="Findings of the patient"
                names={namesOf.patient}
                findings={assessment.record.patientFindings}
                stale={assessment.record.stale}
                sentenceOf={sentenceOf}
              />
            </section>
            <section id="left-out">
              <h2>Not used, or not looked at</h2>
              <ul>
                {leftOut(assessment, patient).map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </section>
          </div>
        </div>
      </>
    ),
  };
}

/** Lines for cards quote in Markdown; here the words stand for themselves. */
function leftOut({ record }: Assessment, { data }: ReviewedPatient): readonly string[] {
  return notLookedAt(record, dataGaps(data, t), t).map((line) => line.replaceAll('`', ''));
}

function isMeant({ fracture }: FractureAssessment, focus: readonly string[]): number {
  return fracture.levels.some((level) => focus.includes(level)) ? 1 : 0;
}

function person({ record: { patient } }: Assessment): string {
  const { id, ageYears, sex } = patient;
  return [
    `patient ${id}`,
    ageYears === undefined ? 'age not known' : `${ageYears} years`,
    sex ?? 'sex not recorded',
  ].join(', ');
}

function Verdict({ assessed }: { readonly assessed: FractureAssessment }) {
  const { outcome, rule, indicator } = assessed;
  return (
    <a href={`#${anchorOf(assessed)}`} class={`verdict ${lookOf(outcome)}`}>
      <b>{nameOf(assessed)}</b> {t.outcomes[outcome]} <span class={`badge ${indicator}`}>{indicator}</span>
      <small>
        {headlineOf(assessed)} · row {rule}
      </small>
    </a>
  );
}

interface ReviewedParts {
  readonly assessed: FractureAssessment;
  readonly assessment: Assessment;
  readonly sentenceOf: SentenceOf;
}

function Reviewed({ assessed, assessment, sentenceOf }: ReviewedParts) {
  const { fracture, outcome, advice, rule } = assessed;
  return (
    <section id={anchorOf(assessed)} class="reviewed">
      <h2>
        {nameOf(assessed)}: {t.outcomes[outcome]}
      </h2>
      <p>
        {advice} <small class="soft">Row {rule}.</small>
      </p>
      {fracture.deniedByReport === true && <p class="note">{t.denied}</p>}
      <WhatWouldDecide assessed={assessed} />
      <Findings
        name={`Findings at ${nameOf(assessed)}`}
        names={namesOf.fracture}
        findings={fracture.findings}
        stale={assessment.record.stale}
        sentenceOf={sentenceOf}
      />
      <DecisionPath assessed={assessed} />
      <WhatElse assessed={assessed} assessment={assessment} />
    </section>
  );
}
