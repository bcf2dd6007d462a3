/** Every threshold with its unit, kind and source, and what the site has made of it. */
import { publishedPolicy, type PolicyName } from '../../policy.js';
import type { Site } from '../../site.js';
import { Sources } from './sources.js';

const KINDS = {
  article: 'the article',
  guideline: 'guideline',
  policy: 'policy of this project',
} as const;

const NAMES = Object.keys(publishedPolicy.values) as readonly PolicyName[];

export function Thresholds({ site }: { readonly site: Site }) {
  const { changedPolicy } = site;
  return (
    <section id="thresholds">
      <h2>Thresholds</h2>
      <p>
        {changedPolicy.length === 0
          ? 'This site has changed none of them.'
          : `This site has changed ${changedPolicy.length} of them: ${changedPolicy.join(', ')}.`}{' '}
        What no source gives is policy of this project and named as such.
      </p>
      <div class="scroll" role="region" aria-label="Thresholds" tabIndex={0}>
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">name</th>
              <th scope="col">in force</th>
              <th scope="col">basis</th>
              <th scope="col">by</th>
            </tr>
          </thead>
          <tbody>
            {NAMES.map((name) => (
              <Threshold key={name} name={name} site={site} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Threshold({ name, site }: { readonly name: PolicyName; readonly site: Site }) {
  const { value, unit, kind, source, note } = publishedPolicy.values[name];
  const isChanged = site.changedPolicy.includes(name);
  return (
    <tr id={`threshold-${name}`}>
      <th scope="row">
        <code>{name}</code>
        {note !== undefined && <small>{note}</small>}
      </th>
      <td>
        {written(site.policy[name], unit)}
        {isChanged && (
          <small>
            <span class="badge warning">changed by this site</span> published: {written(value, unit)}
          </small>
        )}
      </td>
      <td>{KINDS[kind]}</td>
      <td>
        <Sources ids={source.split(/,\s*/)} />
      </td>
    </tr>
  );
}

function written(value: number | readonly string[], unit: string): string {
  return typeof value === 'number' ? `${value} ${unit}` : value.join(', ');
}
