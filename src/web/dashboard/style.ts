/** The look of the dashboard: plain, wide enough for a phone, readable in the dark and on paper. */
export const style = `
:root { color-scheme: light dark; --ink: #1b2733; --soft: #52606d; --paper: #fbfcfd; --card: #fff; --line: #d5dce3;
  --accent: #0b5d8a; --focus: #b45309; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #aab6c2; --paper: #12181f; --card: #1a222b;
  --line: #36424e; --accent: #7cc4ee; --focus: #fbbf24; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; margin: .5rem 0 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0 .75rem; } .soft { color: var(--soft); }
a { color: var(--accent); } :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
nav, form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: .75rem 0; }
nav a { padding: .35rem .8rem; border: 1px solid var(--line); border-radius: 2rem; text-decoration: none; }
nav a[aria-current] { background: var(--accent); color: var(--paper); border-color: var(--accent); }
label { display: grid; font-size: .85rem; color: var(--soft); }
input, button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line);
  border-radius: .4rem; padding: .3rem .6rem; }
button { cursor: pointer; } .tiles { display: grid; gap: .75rem; padding: 0; list-style: none;
  grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); }
.tiles li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; }
.tiles b { display: block; font-size: 1.9rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .75rem;
  color: var(--accent); } .chart { overflow-x: auto; } figure svg { width: 100%; min-width: 32rem; height: auto; display: block; overflow: visible;
  font: 12px system-ui, sans-serif; } figcaption { color: var(--soft); font-size: .9rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .7rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } tbody tr:last-child > * { border-bottom: 0; }
th small { display: block; font-weight: normal; color: var(--soft); white-space: normal; max-width: 26rem; }
td.words { text-align: left; white-space: normal; } .empty { padding: 2rem 1rem; text-align: center; }
@media print { nav, form, .downloads { display: none; } body { background: #fff; color: #000; }
  figure, .tiles li, .scroll { break-inside: avoid; border-color: #999; } }
`;
