import { type Clock, systemClock } from '#sources/transport/clock.ts';

export interface SkippingClock extends Clock {
  /** Moves it ahead: what was to happen meanwhile happens now, in order. */
  skip(ms: number): void;
}

interface Waiting {
  readonly at: number;
  readonly run: () => void;
  callOff: () => void;
}

/** Runs as the machine's clock does, and can be moved ahead instead of being waited for. */
export const skippingClock = (): SkippingClock => {
  let ahead = 0;
  const all = new Set<Waiting>();
  const now = () => systemClock.now() + ahead;
  const arm = (waiting: Waiting): void => {
    waiting.callOff = systemClock.after(waiting.at - now(), waiting.run);
  };
  return {
    now,
    after: (ms, task) => {
      const run = () => {
        all.delete(waiting);
        task();
      };
      const waiting: Waiting = { at: now() + ms, run, callOff: () => {} };
      all.add(waiting);
      arm(waiting);
      return () => {
        all.delete(waiting);
        waiting.callOff();
      };
    },
    skip: (ms) => {
      ahead += ms;
      for (const waiting of [...all].toSorted((a, b) => a.at - b.at)) {
        if (!all.has(waiting)) continue;
        waiting.callOff();
        if (waiting.at <= now()) waiting.run();
        else arm(waiting);
      }
    },
  };
};
