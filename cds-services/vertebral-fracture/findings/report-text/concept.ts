/** What a phrase of a report stands for, by its name in knowledge/report-phrases.json. */
import type { reportPhrases } from '../../knowledge.js';

export type Concept = keyof typeof reportPhrases.concepts;
