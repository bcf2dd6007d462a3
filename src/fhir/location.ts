/**
 * The absolute URL of a query or page link, provided that it lies below the base it belongs to.
 * A token goes with every read, so a link may neither leave the origin nor climb out of the base path;
 * comparing text would take `/fhir-evil` for a part of `/fhir`.
 */
export function locate(baseUrl: string, location: string): URL | undefined {
  const root = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  if (!URL.canParse(root) || !URL.canParse(location, root)) return undefined;
  const base = new URL(root);
  const url = new URL(location, base);
  const isBelow = url.origin === base.origin && url.pathname.startsWith(base.pathname);
  return isBelow && url.username === '' && url.password === '' ? url : undefined;
}
