/** What went over the wire, the newest first: request and answer as they were. */
import type { Said } from './calls.js';

export function Exchanges({ said }: { readonly said: readonly Said[] }) {
  if (said.length === 0) return <p class="soft">Requests and answers appear here.</p>;
  return (
    <>
      {said.map(({ what, url, status, request, answer }, index) => (
        <details key={said.length - index} open={index === 0}>
          <summary>
            {what} <small class="soft">POST {url}</small>{' '}
            <span class={`badge ${status === 200 ? 'good' : 'critical'}`}>{status}</span>
          </summary>
          <Json name="Request" value={request} />
          <Json name="Answer" value={answer} />
        </details>
      ))}
    </>
  );
}

function Json({ name, value }: { readonly name: string; readonly value: unknown }) {
  return (
    <figure>
      <figcaption>{name}</figcaption>
      <pre tabIndex={0} aria-label={name}>
        <code>{JSON.stringify(value, null, 2)}</code>
      </pre>
    </figure>
  );
}
