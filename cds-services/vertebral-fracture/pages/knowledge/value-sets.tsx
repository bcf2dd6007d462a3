/** The codes that are recognised, by set and system, and what the site added. */
import { valueSetFiles } from '../../knowledge.js';
import type { Site } from '../../site.js';

export function ValueSets({ site }: { readonly site: Site }) {
  const { localCodeList } = site;
  return (
    <section id="codes">
      <h2>Codes it recognises</h2>
      <p>
        Value sets of this knowledge version; each code was looked up in a public source before it was taken
        in. This site adds {localCodeList.length === 0 ? 'no' : localCodeList.length} observation codes of its
        own.
      </p>
      <div class="scroll" role="region" aria-label="Value sets" tabIndex={0}>
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">set</th>
              <th scope="col">codes</th>
            </tr>
          </thead>
          <tbody>
            {[...valueSetFiles.values()].map((set) => (
              <tr key={set.id} id={`set-${set.id}`}>
                <th scope="row">
                  {set.title}
                  <small>{set.copyright}</small>
                </th>
                <td>
                  <details>
                    <summary>{counted(codesOf(set))}</summary>
                    {set.compose.include.map((include) => (
                      <Codes key={include.system} include={include} />
                    ))}
                  </details>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type ValueSet = typeof valueSetFiles extends ReadonlyMap<string, infer Set> ? Set : never;
type Include = ValueSet['compose']['include'][number];

function Codes({ include: { system, concept = [], filter = [] } }: { readonly include: Include }) {
  return (
    <>
      <small>{system}</small>
      <p class="code-list">
        {concept.map(({ code }) => (
          <code key={code}>{code}</code>
        ))}
        {filter.map(({ value }) => (
          <span key={value}>
            <code>{value}</code> and everything below it
          </span>
        ))}
      </p>
    </>
  );
}

function codesOf({ compose }: ValueSet): readonly unknown[] {
  return compose.include.flatMap(({ concept = [], filter = [] }) => [...concept, ...filter]);
}

function counted(codes: readonly unknown[]): string {
  return codes.length === 1 ? '1 code' : `${codes.length} codes`;
}
