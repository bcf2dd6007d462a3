/**
 * Limits how many reads are under way per FHIR server; the others wait in line.
 */
export interface ReadSlots {
  /** Waits for a free slot; gives the function that frees it, or undefined when `signal` was aborted first. */
  readonly enter: (origin: string, signal: AbortSignal) => Promise<(() => void) | undefined>;
}

interface Line {
  taken: number;
  readonly waiting: Set<() => void>;
}

export function createReadSlots(perOrigin: number): ReadSlots {
  const lines = new Map<string, Line>();

  function leave(origin: string, line: Line): void {
    const [next] = line.waiting;
    if (next !== undefined) {
      line.waiting.delete(next);
      next();
      return;
    }
    line.taken -= 1;
    if (line.taken === 0) lines.delete(origin);
  }

  return {
    enter: async (origin, signal) => {
      if (signal.aborted) return undefined;
      const line = lines.get(origin) ?? { taken: 0, waiting: new Set() };
      lines.set(origin, line);
      if (line.taken < perOrigin) line.taken += 1;
      else if (!(await turn(line, signal))) return undefined;
      return () => leave(origin, line);
    },
  };
}

/** Resolves to true when a slot is handed over, to false when the signal comes first. */
function turn(line: Line, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const onTurn = () => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    };
    const onAbort = () => {
      line.waiting.delete(onTurn);
      resolve(false);
    };
    line.waiting.add(onTurn);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
