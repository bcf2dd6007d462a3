/** What a report says, once it is known of which vertebra and in which section. */
import type { Level } from '../level.js';
import type { Said, SaidOfPatient } from './said.js';
import type { Section } from './sections.js';

/** A statement with its vertebra. */
export interface Placed {
  readonly said: Said;
  /** `undefined`: said of a fracture whose vertebra is not named. */
  readonly level: Level | undefined;
  readonly section: Section;
}

export interface PlacedOfPatient extends SaidOfPatient {
  readonly section: Section;
}
