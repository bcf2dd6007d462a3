/** The front page: what this is, whether it is well, and where to go from here. */
import type { ComponentChildren } from 'preact';
import type { Problem } from '../../cds-hooks/problem.js';
import type { PageContent } from '../page/document.js';
import { ConformanceTotals } from './conformance-table.js';
import type { Registration } from './registration.js';

export interface ConsoleParts {
  readonly registration: Registration;
  /** What keeps the service from working; nothing when it is ready. */
  readonly problems: readonly Problem[];
  /** Whether synthetic patients can be tried here. */
  readonly isDemo: boolean;
  /** Whether an admin token is set, which opens the self-test and the feedback page. */
  readonly hasAdmin: boolean;
}

export function consolePage({ registration, problems, isDemo, hasAdmin }: ConsoleParts): PageContent {
  const { product, knowledgeVersion, standard, services, isTrial } = registration;
  return {
    title: 'vertebral-cds: decision support for vertebral fractures',
    path: '/',
    main: (
      <>
        <h1>Decision support for vertebral fractures</h1>
        <p class="lead">
          While an order is being entered, this service reads the patient’s diagnoses and imaging findings and
          answers with cards: kyphoplasty, vertebroplasty or surgical referral, what is missing to say so, or
          why neither fits.
        </p>
        <ul class="tiles">
          <li>
            Health <b>{problems.length === 0 ? 'Ready' : 'Not ready'}</b>
            <span class="soft">
              {problems.length === 0
                ? 'Takes calls'
                : problems.map(({ path, message }) => `${path} ${message}`).join('; ')}
            </span>
          </li>
          <li>
            Version <b>{product.version}</b>
            <span class="soft">{standard}</span>
          </li>
          <li>
            Knowledge <b>{knowledgeVersion ?? '–'}</b>
            <span class="soft">
              <a href="/knowledge">What it decides by</a>
            </span>
          </li>
          <li>
            Open to <b>{isTrial ? 'Everybody' : 'Clients'}</b>
            <span class="soft">
              {isTrial ? 'A trial: no authentication' : 'Registered, with signed tokens'}
            </span>
          </li>
        </ul>
        {isTrial && (
          <p class="note">
            This is a trial: whoever reaches this address can call it. Use synthetic patients only; with
            clients in CONFIG_FILE it lets nobody else in.
          </p>
        )}
        <div class="ways">
          {isDemo && (
            <Way href="/try" name="Try it">
              A small EHR with synthetic patients: open a chart, draft an order, sign it, and see the cards.
            </Way>
          )}
          <Way href="/registration" name="Register it">
            Everything an EHR’s registration asks for, with this installation’s own addresses: to read, print
            or download.
          </Way>
          <Way href="/knowledge" name="Check what it knows">
            Every row of the decision table, its thresholds and sources, and what the site has changed.
          </Way>
          <Way href="/feedback" name="See what it is worth">
            Accepted, overridden, ignored, by rule.{!hasAdmin && ' Needs ADMIN_TOKEN, which is not set.'}
          </Way>
          <Way href="/self-test" name="Find out why a client is refused">
            Paste a token, a key set or a request.{!hasAdmin && ' Needs ADMIN_TOKEN, which is not set.'}
          </Way>
        </div>
        <h2>Services</h2>
        <div class="scroll" role="region" aria-label="Services" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">hook</th>
                <th scope="col">what it does</th>
                <th scope="col">URL</th>
              </tr>
            </thead>
            <tbody>
              {services.map(({ id, hook, title, url }) => (
                <tr key={id}>
                  <th scope="row">{hook}</th>
                  <td>{title}</td>
                  <td>
                    <code>{url}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <h2>Conformance</h2>
        <ConformanceTotals statement={registration.conformance} />
        <p>
          <a href="/registration#conformance">The whole statement</a>
        </p>
        <p class="soft">
          It supports clinical judgement and does not replace it. It reads records and reports, never images.
          It is not clinically validated.
        </p>
      </>
    ),
  };
}

interface WayParts {
  readonly href: string;
  readonly name: string;
  readonly children: ComponentChildren;
}

function Way({ href, name, children }: WayParts) {
  return (
    <a href={href} class="way">
      <b>{name}</b>
      <span>{children}</span>
    </a>
  );
}
