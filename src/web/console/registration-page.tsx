/** The registration pack as a page: to read, to print, and as one file to hand on. */
import type { PageContent } from '../page/document.js';
import { Section, Table } from '../page/parts.js';
import { ConformanceTable, ConformanceTotals } from './conformance-table.js';
import type { Registration } from './registration.js';
import type { Sample } from './sample.js';

const PARTS = [
  ['services', 'Services'],
  ['prefetch', 'Prefetch'],
  ['scopes', 'Scopes'],
  ['token', 'Tokens'],
  ['links', 'Links and topics'],
  ['reasons', 'Override reasons'],
  ['orders', 'Order codes'],
  ['timing', 'Time and size'],
  ['kept', 'Data kept'],
  ['sample', 'Sample'],
  ['forms', 'Forms'],
  ['conformance', 'Conformance'],
] as const;

export function registrationPage(pack: Registration, sample: Sample): PageContent {
  return {
    title: `Registration of vertebral-cds ${pack.product.version}`,
    path: '/registration',
    main: (
      <>
        <h1>Registration pack</h1>
        <p class="lead">
          What an EHR’s registration asks for, from the code and configuration of this installation:{' '}
          {pack.product.name} {pack.product.version}, {pack.standard}
          {pack.knowledgeVersion !== undefined && `, knowledge ${pack.knowledgeVersion}`}.
        </p>
        <p class="no-print">
          Download <a href="/registration.html">HTML</a> or <a href="/registration.json">JSON</a>, or print
          this page to PDF.
        </p>
        <nav aria-label="On this page" class="parts no-print">
          {PARTS.map(([id, name]) => (
            <a key={id} href={`#${id}`}>
              {name}
            </a>
          ))}
        </nav>
        <Services pack={pack} />
        <Section id="prefetch" name="Prefetch">
          <p>
            Send what you can; the rest is read from the FHIR server you name, in the time of the call.
            Without the required keys the call is answered 412.
          </p>
          <Table
            name="Prefetch templates"
            head={['key', 'query', 'why']}
            rows={pack.prefetch.map(({ key, query, purpose, required }) => [
              <>
                <code>{key}</code>
                {required && <small>required</small>}
              </>,
              <code class="long" tabIndex={0}>
                {query}
              </code>,
              purpose,
            ])}
          />
        </Section>
        <Section id="scopes" name="Scopes">
          <p>Read only, and only what the templates name: for the token that comes with a call.</p>
          <Table
            name="Scopes"
            head={['SMART v2', 'SMART v1', 'why']}
            rows={pack.scopes.map(({ v1, v2, why }) => [<code>{v2}</code>, <code>{v1}</code>, why.join(' ')])}
          />
        </Section>
        <Section id="token" name="Tokens">
          <p>
            {pack.isTrial
              ? 'This installation is a trial and asks for no token. Once clients are registered:'
              : 'Each request carries a signed JWT; one that fails is answered 401 without a reason, which stands in our log.'}
          </p>
          <Table
            name="Tokens"
            head={['member', 'rule']}
            rows={pack.token.map(({ member, rule }) => [<code>{member}</code>, rule])}
          />
        </Section>
        <Section id="links" name="Links and topics">
          <p>Cards link to these addresses and no others; nothing starts by itself.</p>
          <Table
            name="Links"
            head={['URL', 'what']}
            rows={pack.links.map(({ url, what }) => [<code class="long">{url}</code>, what])}
          />
          <p>The topic of a card is its outcome; a client may suppress repeats by it.</p>
          <Table
            name="Topics"
            head={['code', 'display', 'system']}
            rows={pack.topics.map(({ code, display, system }) => [
              <code>{code}</code>,
              display,
              <small>{system}</small>,
            ])}
          />
        </Section>
        <Section id="reasons" name="Override reasons">
          <p>Sent with each card as they fit; codes of your own are taken as well. Comments are optional.</p>
          <Table
            name="Override reasons"
            head={['code', 'display', 'silent for']}
            rows={pack.overrideReasons.map(({ code, display, system, snoozeMonths }) => [
              <>
                <code>{code}</code>
                <small>{system}</small>
              </>,
              display,
              snoozeMonths === undefined ? '30 days' : months(snoozeMonths),
            ])}
          />
        </Section>
        <Section id="orders" name="Order codes to fill in">
          <p>
            Name your own codes as <code>orderCodes</code> in CONFIG_FILE: draft orders are recognised by
            them, and suggested orders carry them first.
          </p>
          <Table
            name="Order codes"
            head={['kind', 'codes of this site']}
            rows={pack.orderKinds.map(({ kind, codes }) => [
              <code>{kind}</code>,
              codes.length === 0 ? (
                <span class="soft">to be filled in</span>
              ) : (
                codes.map(({ system, code }) => `${system}|${code}`).join(', ')
              ),
            ])}
          />
          {pack.options.length > 0 && (
            <>
              <p>Options a client may send with a call (Da Vinci pattern); unknown ones are ignored:</p>
              <Table
                name="Options"
                head={['option', 'meaning', 'default']}
                rows={pack.options.map((option) => [
                  <code>{option.code}</code>,
                  option.description,
                  String(option.default),
                ])}
              />
            </>
          )}
        </Section>
        <Section id="timing" name="Time and size">
          <p>
            A call is answered within {pack.timing.budgetMs} ms, of which {pack.timing.fhirBudgetMs} ms may go
            to FHIR reads; what is late is left out and named. Bodies of calls may have{' '}
            {pack.timing.bodyLimitBytes.toLocaleString('en')} bytes. Set the client’s own time limit above it,
            2 s or more. Health:{' '}
            {pack.healthUrls.map((url) => (
              <code key={url}>{url} </code>
            ))}
          </p>
        </Section>
        <Section id="kept" name="Data kept">
          <Table
            name="Data kept"
            head={['what', 'holds', 'for']}
            rows={pack.kept.map(({ what, holds, days }) => [
              what,
              holds,
              days === undefined ? '–' : `${days} days`,
            ])}
          />
        </Section>
        <Section id="sample" name="Sample call">
          <p>A synthetic patient; the answer is what this installation gives.</p>
          <pre tabIndex={0}>
            <code>{sample.curl}</code>
          </pre>
          <details>
            <summary>request.json</summary>
            <pre tabIndex={0}>
              <code>{JSON.stringify(sample.request, null, 2)}</code>
            </pre>
          </details>
          <details>
            <summary>The answer</summary>
            <pre tabIndex={0}>
              <code>{JSON.stringify(sample.answer, null, 2)}</code>
            </pre>
          </details>
        </Section>
        <Section id="forms" name="Forms, filled in">
          {pack.forms.map(({ vendor, basis, answers }) => (
            <article key={vendor}>
              <h3>{vendor}</h3>
              <p class="soft">{basis}</p>
              <dl class="pairs">
                {answers.map(({ question, answer }) => (
                  <div key={question}>
                    <dt>{question}</dt>
                    <dd>
                      {answer.map((line) => (
                        <div key={line} class="long">
                          {line}
                        </div>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </article>
          ))}
        </Section>
        <Section id="conformance" name="Conformance statement">
          <ConformanceTotals statement={pack.conformance} />
          <ConformanceTable statement={pack.conformance} />
        </Section>
      </>
    ),
  };
}

function Services({ pack }: { readonly pack: Registration }) {
  return (
    <Section id="services" name="Services">
      <p>
        Discovery: <code>{pack.discoveryUrl}</code>
      </p>
      <Table
        name="Services"
        head={['hook', 'call', 'feedback']}
        rows={pack.services.map(({ hook, url, feedbackUrl, title }) => [
          <>
            {hook}
            <small>{title}</small>
          </>,
          <code class="long">{url}</code>,
          <code class="long">{feedbackUrl}</code>,
        ])}
      />
    </Section>
  );
}

function months(count: number): string {
  return count === 1 ? '1 month' : `${count} months`;
}
