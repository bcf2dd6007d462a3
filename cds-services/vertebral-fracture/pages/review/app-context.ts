/** What a card told the review it links to, come back through the EHR: which levels it is about. */
import { z } from 'zod';
import { isLevel, type Level } from '../../findings/level.js';

const context = z.object({ levels: z.array(z.string()).default([]) });

/** The levels a launch is about; none where it says nothing that can be read. */
export function contextOf(appContext: string | undefined): readonly Level[] {
  if (appContext === undefined) return [];
  try {
    const parsed = context.safeParse(JSON.parse(appContext));
    return parsed.success ? parsed.data.levels.filter(isLevel) : [];
  } catch {
    return [];
  }
}
