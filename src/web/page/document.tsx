/** The HTML document around every page: title, places to go, look, script, data. */
import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import type { Assets } from './assets.js';
import { dataElementId } from './data-element.js';

/** A page that people move to from any other. */
export interface Place {
  readonly path: string;
  readonly name: string;
}

export interface PageContent {
  readonly title: string;
  /** Everything inside `main`, its `h1` first. */
  readonly main: ComponentChildren;
  /** Path of this page among the places. */
  readonly path?: string;
  /** Name of the bundle that makes the page interactive. */
  readonly script?: string;
  /** What that script starts from; it finds it with `pageData`. */
  readonly data?: unknown;
  /** `lang` of the document; English unless set. */
  readonly language?: string;
}

export interface Surroundings {
  readonly assets: Assets;
  readonly places: readonly Place[];
  /** Allows the scripts of this answer and no other. */
  readonly nonce: string;
}

/** A whole document that says everything without its script. */
export function documentOf(content: PageContent, { assets, places, nonce }: Surroundings): string {
  const { title, main, path, script, data, language = 'en' } = content;
  const html = (
    <html lang={language}>
      <Head title={title}>
        <link rel="stylesheet" href={assets.addressOf('look')} />
        {script !== undefined && <script type="module" nonce={nonce} src={assets.addressOf(script)} />}
      </Head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        {places.length > 0 && (
          <header class="container places">
            <nav aria-label="Pages">
              <strong>vertebral-cds</strong>
              {places.map((place) => (
                <a
                  key={place.path}
                  href={place.path}
                  {...(place.path === path && { 'aria-current': 'page' as const })}
                >
                  {place.name}
                </a>
              ))}
            </nav>
          </header>
        )}
        <main id="main" class="container">
          {main}
        </main>
        {data !== undefined && (
          <script
            type="application/json"
            id={dataElementId}
            nonce={nonce}
            dangerouslySetInnerHTML={{ __html: asScriptData(data) }}
          />
        )}
      </body>
    </html>
  );
  return `<!doctype html>${render(html)}`;
}

/** The page as a file of its own, to hand on: its look within it, no script, nothing to follow but its own parts. */
export function wholeFile({ title, main, language = 'en' }: PageContent, assets: Assets): string {
  const html = (
    <html lang={language}>
      <Head title={title}>
        <style dangerouslySetInnerHTML={{ __html: assets.textOf('look') }} />
      </Head>
      <body>
        <main class="container">{main}</main>
      </body>
    </html>
  );
  return `<!doctype html>${render(html)}`;
}

function Head({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
      <link rel="icon" href="data:," />
      {children}
    </head>
  );
}

/** JSON that can't end the element it stands in, whatever its texts say. */
function asScriptData(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
}
