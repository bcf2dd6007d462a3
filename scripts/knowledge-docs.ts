// `npm run knowledge:docs`: writes docs/knowledge.md and docs/knowledge.json from the knowledge files.
import { writeFileSync } from 'node:fs';
import { knowledgeFile } from '../cds-services/vertebral-fracture/disclosed/knowledge-file.js';
import { knowledgeMarkdown } from '../cds-services/vertebral-fracture/disclosed/knowledge-markdown.js';

writeFileSync('docs/knowledge.json', JSON.stringify(knowledgeFile, undefined, 2));
writeFileSync('docs/knowledge.md', knowledgeMarkdown(knowledgeFile));
