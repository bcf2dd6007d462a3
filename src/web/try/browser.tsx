/** Starts the small EHR in its place on the page. */
import { render } from 'preact';
import { pageData } from '../page/page-data.js';
import { Ehr } from './ehr.js';
import type { TryData } from './page.js';

const place = document.getElementById('ehr');
if (place !== null) {
  place.replaceChildren();
  render(<Ehr data={pageData() as TryData} />, place);
}
