/**
 * What a FHIR server is called in logs and metrics: the URL of its base, as the site has registered it.
 * A server that only a call has named has no name of its own, for its URL is text from outside.
 */
declare const registered: unique symbol;
/** The URL of a registered base, or `trial`. Made here alone, so that no other text can pass for one. */
export type ServerName = string & { readonly [registered]: true };

const trial = 'trial' as ServerName;

/** Gives the name of the base with this URL. */
export function serverNames(registeredUrls: readonly string[]): (url: string) => ServerName {
  const names = new Map(registeredUrls.map((url) => [url, url as ServerName]));
  return (url) => names.get(url) ?? trial;
}
