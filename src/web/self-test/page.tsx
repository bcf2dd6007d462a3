/** The self-test: why a client is refused, line by line. For the admin alone; a form that works without a script. */
import type { ComponentChildren } from 'preact';
import type { ClientConfiguration } from '../../config/client-configuration.js';
import type { PageContent } from '../page/document.js';
import type { Check, Verdict } from './check.js';

export const selfTestPath = '/self-test';

export const testKinds = ['discovery', 'token', 'keys', 'request'] as const;
export type TestKind = (typeof testKinds)[number];

export interface SelfTestParts {
  readonly clients: readonly ClientConfiguration[];
  /** Every URL a token may be for. */
  readonly audiences: readonly string[];
  readonly result?: {
    readonly kind: TestKind;
    readonly checks: readonly Check[];
    /** What was pasted, given back; a token never is. */
    readonly pasted: string;
  };
}

const NAMES: Readonly<Record<TestKind, string>> = {
  discovery: 'Discovery URL',
  token: 'Token (JWT)',
  keys: 'Key set (JWKS)',
  request: 'Request',
};

export function selfTestPage(parts: SelfTestParts): PageContent {
  const { clients, audiences, result } = parts;
  return {
    title: 'Self-test: why is a client refused?',
    path: selfTestPath,
    main: (
      <>
        <h1>Self-test</h1>
        <p class="lead">
          Paste what your EHR has or sends. Nothing is stored, no address is called but the registered keys of
          your clients, and a token stays usable.
        </p>
        {result !== undefined && <Result kind={result.kind} checks={result.checks} />}
        <div class="tests">
          <Test kind="discovery" hint="the address entered in the EHR">
            <Text kind="discovery" pasted={result} rows={1} />
          </Test>
          <Test kind="token" hint="of a call that was refused, without its request">
            <label>
              Called URL
              <select name="audience">
                {audiences.map((url) => (
                  <option key={url}>{url}</option>
                ))}
              </select>
            </label>
            <Text kind="token" pasted={result} rows={4} />
          </Test>
          <Test kind="keys" hint="what the key URL of the client answers">
            <Text kind="keys" pasted={result} rows={6} />
          </Test>
          <Test kind="request" hint="the JSON of a call, about a synthetic patient">
            <Text kind="request" pasted={result} rows={6} />
          </Test>
        </div>
        <h2>Registered clients</h2>
        {clients.length === 0 ? (
          <p>None: this is a trial that takes every call. Tokens can be judged once there are some.</p>
        ) : (
          <Clients clients={clients} />
        )}
      </>
    ),
  };
}

const MARKS: Readonly<Record<Verdict, readonly [string, string]>> = {
  passed: ['passed', 'badge good'],
  failed: ['to fix', 'badge critical'],
  'not-reached': ['not reached', 'badge'],
  note: ['note', 'badge'],
};

function Result({ kind, checks }: { readonly kind: TestKind; readonly checks: readonly Check[] }) {
  const failures = checks.filter(({ verdict }) => verdict === 'failed').length;
  return (
    <section id="result" aria-live="polite">
      <h2>
        {NAMES[kind]}: {failures === 0 ? 'nothing to fix' : `${failures} to fix`}
      </h2>
      <div class="scroll" role="region" aria-label="Checks" tabIndex={0}>
        <table class="rows">
          <tbody>
            {checks.map(({ verdict, subject, text }, index) => (
              <tr key={index}>
                <td>
                  <span class={MARKS[verdict][1]}>{MARKS[verdict][0]}</span>
                </td>
                <th scope="row">{subject}</th>
                <td class="long">{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface TestParts {
  readonly kind: TestKind;
  readonly hint: string;
  readonly children: ComponentChildren;
}

function Test({ kind, hint, children }: TestParts) {
  return (
    <form method="post" action={selfTestPath} aria-labelledby={`test-${kind}`}>
      <h2 id={`test-${kind}`}>{NAMES[kind]}</h2>
      <p class="soft">{hint}</p>
      <input type="hidden" name="kind" value={kind} />
      {children}
      <button>Check</button>
    </form>
  );
}

interface TextParts {
  readonly kind: TestKind;
  readonly pasted: SelfTestParts['result'];
  readonly rows: number;
}

/** A token is not given back: the page may stay in a cache or on a screen. */
function Text({ kind, pasted, rows }: TextParts) {
  const isGivenBack = pasted?.kind === kind && kind !== 'token';
  return (
    <textarea name="text" rows={rows} aria-label={NAMES[kind]} required spellcheck={false}>
      {isGivenBack ? pasted.pasted : ''}
    </textarea>
  );
}

function Clients({ clients }: { readonly clients: readonly ClientConfiguration[] }) {
  return (
    <div class="scroll" role="region" aria-label="Clients" tabIndex={0}>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">client</th>
            <th scope="col">issuer, tenants, subject</th>
            <th scope="col">keys</th>
            <th scope="col">FHIR servers</th>
            <th scope="col">profile</th>
          </tr>
        </thead>
        <tbody>
          {clients.map((client) => (
            <tr key={client.id}>
              <th scope="row">{client.id}</th>
              <td class="long">
                {[client.issuer, ...(client.tenants ?? []), client.subject].filter(Boolean).join(', ')}
              </td>
              <td class="long">
                {client.jwks?.url ?? (client.keys ?? []).map(({ kid }) => `kid ${kid}`).join(', ')}
                <small>{client.algorithms.join(', ')}</small>
              </td>
              <td class="long">{client.fhirServers.map(({ url }) => url).join(', ') || 'none'}</td>
              <td>{client.profile}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
