/** Sections and tables, as every page has them. */
import type { ComponentChildren } from 'preact';

interface SectionParts {
  readonly id: string;
  readonly name: string;
  readonly children: ComponentChildren;
}

export function Section({ id, name, children }: SectionParts) {
  return (
    <section id={id}>
      <h2>{name}</h2>
      {children}
    </section>
  );
}

interface TableParts {
  readonly name: string;
  readonly head: readonly string[];
  /** The first cell of each names the row. */
  readonly rows: readonly (readonly ComponentChildren[])[];
}

/** Scrolls sideways in itself where the window is narrow. */
export function Table({ name, head, rows }: TableParts) {
  return (
    <div class="scroll" role="region" aria-label={name} tabIndex={0}>
      <table class="rows">
        <thead>
          <tr>
            {head.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...others], index) => (
            <tr key={index}>
              <th scope="row">{first}</th>
              {others.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
