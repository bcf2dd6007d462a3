/** What speaks for each outcome, what speaks against it, and where every source of the table stands. */
import { textsIn } from '../../cards/texts/texts.js';
import { evidenceIn } from '../../knowledge.js';
import { sourceAnchor } from './sources.js';

const evidence = evidenceIn('en');
const labels: Readonly<Record<string, string>> = textsIn('en').outcomeLabels;

export function Evidence() {
  return (
    <section id="evidence">
      <h2>Evidence and dissent</h2>
      <div class="sides">
        <article>
          <h3>For</h3>
          <Statements by={evidence.for} />
        </article>
        <article>
          <h3>Against, or otherwise</h3>
          <Statements by={evidence.dissent} />
        </article>
      </div>
      <p>{evidence.risks}</p>
      <h3>Sources</h3>
      <ul class="named">
        {Object.entries(evidence.sourceNames).map(([id, name]) => (
          <li key={id} id={sourceAnchor(id)}>
            <b>{id}</b> {name}
          </li>
        ))}
      </ul>
      <p class="soft">
        S: statements of the article. G: guidelines, coverage rules and graded scales. ADR 2: the record of
        what no source decides.
      </p>
    </section>
  );
}

function Statements({ by }: { readonly by: Readonly<Record<string, readonly string[]>> }) {
  return (
    <dl>
      {Object.entries(by).map(([outcome, statements]) => (
        <>
          <dt>{labels[outcome] ?? `Row ${outcome}`}</dt>
          {statements.map((statement) => (
            <dd key={statement}>{statement}</dd>
          ))}
        </>
      ))}
    </dl>
  );
}
