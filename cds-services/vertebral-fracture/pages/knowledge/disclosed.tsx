/** Use, limits, validation, source attributes and versions; what lies between them comes as children. */
import type { ComponentChildren } from 'preact';
import { disclosure } from '../../disclosed/disclosure.js';

export function Disclosed({ children }: { readonly children: ComponentChildren }) {
  return (
    <>
      <section id="use">
        <h2>Use and limits</h2>
        <p>{disclosure.intendedUse}</p>
        <p class="soft">
          What follows is what the fourth criterion of section 520(o)(1)(E) of the FD&amp;C Act asks to be
          shown, so that a reader can judge the basis without relying on the advice.
        </p>
        <dl class="pairs">
          <Pair name="For whom">{disclosure.intendedUsers}</Pair>
          <Pair name="Patients">{disclosure.population}</Pair>
          <Pair name="Not for">
            <List items={disclosure.exclusions} />
          </Pair>
          <Pair name="Reads">
            <List items={disclosure.inputs} />
          </Pair>
          <Pair name="Decides by">{disclosure.logic}</Pair>
          <Pair name="Limits">
            <List items={disclosure.limits} />
          </Pair>
          <Pair name="Validation">
            <ul>
              {disclosure.validation.map(({ what, done }) => (
                <li key={what}>
                  <b>{what}:</b> {done}
                </li>
              ))}
            </ul>
          </Pair>
        </dl>
      </section>
      {children}
      <section id="attributes">
        <h2>Source attributes</h2>
        <p>The 13 attributes of an evidence-based decision support intervention, 45 CFR 170.315(b)(11).</p>
        <ol class="attributes">
          {disclosure.sourceAttributes.map(({ name, text }) => (
            <li key={name}>
              <b>{name}.</b> {text}
            </li>
          ))}
        </ol>
      </section>
      <section id="versions">
        <h2>Versions of the knowledge</h2>
        <dl class="pairs">
          {disclosure.versions.map(({ version, date, changes }) => (
            <Pair key={version} name={`${version}, ${date}`}>
              {changes}
            </Pair>
          ))}
        </dl>
      </section>
    </>
  );
}

function Pair({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function List({ items }: { readonly items: readonly string[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
