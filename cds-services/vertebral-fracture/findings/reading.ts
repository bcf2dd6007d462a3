/** A statement read from imaging or an examination, and the vertebra it is about before fractures are joined. */
import type { Level } from './level.js';
import type { Statement } from './statement.js';

export interface Reading {
  readonly statement: Statement;
  /** The vertebra named; undefined when none is. */
  readonly level: Level | undefined;
  /** More than one vertebra is named: the statement can't be given to one. */
  readonly ambiguous: boolean;
  /** `Condition/id` the observation says it is about. */
  readonly focus: readonly string[];
  /** `ImagingStudy/id` it derives from. */
  readonly study: string | undefined;
}
