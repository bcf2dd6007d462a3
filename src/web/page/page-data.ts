/** What the server gave the script of a page to start from. */
import { dataElementId } from './data-element.js';

/** @throws when the page has no data: a mistake of the programme */
export function pageData(): unknown {
  const element = document.getElementById(dataElementId);
  if (element === null) throw new Error('the page holds no data');
  return JSON.parse(element.textContent) as unknown;
}
