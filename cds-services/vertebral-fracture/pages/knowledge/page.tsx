/** Everything the service decides by, for a surgeon to read: table, thresholds, evidence, codes, disclosure, versions. */
import type { PageContent } from '../../../../src/web/page/document.js';
import { knowledgeFilePath, knowledgePath } from '../../../../src/web/page/service-pages.js';
import { knowledgeVersion } from '../../policy.js';
import { shortKnowledgeHash } from '../../versions/knowledge-hash.js';
import type { Site } from '../../site.js';
import { DecisionTable } from './decision-table.js';
import { Disclosed } from './disclosed.js';
import { Evidence } from './evidence.js';
import { Thresholds } from './thresholds.js';
import { ValueSets } from './value-sets.js';

const PARTS = [
  ['use', 'Use and limits'],
  ['table', 'Decision table'],
  ['thresholds', 'Thresholds'],
  ['evidence', 'Evidence and dissent'],
  ['codes', 'Codes'],
  ['attributes', 'Source attributes'],
  ['versions', 'Versions'],
] as const;

/** The page of a site: the same for every patient, made once at start. */
export function knowledgePage(site: Site): PageContent {
  return {
    title: 'What the vertebral fracture service decides by',
    path: knowledgePath,
    main: (
      <>
        <h1>What this service decides by</h1>
        <p class="soft">
          Knowledge version {knowledgeVersion}, content <code>{shortKnowledgeHash}</code>. Every card names
          both, and the row that decided it; the row, its thresholds and its sources stand here. The same{' '}
          <a href={knowledgeFilePath}>for machines</a>.
        </p>
        <nav aria-label="On this page" class="parts no-print">
          {PARTS.map(([id, name]) => (
            <a key={id} href={`#${id}`}>
              {name}
            </a>
          ))}
        </nav>
        <Disclosed>
          <DecisionTable />
          <Thresholds site={site} />
          <Evidence />
          <ValueSets site={site} />
        </Disclosed>
      </>
    ),
  };
}
