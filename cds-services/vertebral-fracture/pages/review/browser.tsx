/** Puts the what-if in its place on the review. */
import { render } from 'preact';
import { pageData } from '../../../../src/web/page/page-data.js';
import { WhatIf } from './in-browser/what-if.js';
import type { WhatIfData } from './what-if-data.js';

const place = document.getElementById('what-if');
if (place !== null) render(<WhatIf data={pageData() as WhatIfData} />, place);
