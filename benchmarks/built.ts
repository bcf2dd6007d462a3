/**
 * Modules as they are built and shipped: those that are compiled while a benchmark loads carry helpers of their compiler,
 * which cost the report reader a tenth of its time. `npm run build` comes first.
 */

/** @param path from the root of the project, with the ending of what is built: `src/http/json.js` */
export async function built<Module>(path: string): Promise<Module> {
  return (await import(new URL(`../dist/${path}`, import.meta.url).href)) as Module;
}
