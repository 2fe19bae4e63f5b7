import { useEffect, useState } from 'react';

/** Counts down to 0 from `seconds` at the moment that `of` came. */
export const useSecondsLeft = (seconds: number, of: unknown): number => {
  const [left, setLeft] = useState(seconds);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer starts anew, also when it says the same.
  useEffect(() => {
    const until = Date.now() + seconds * 1000;
    const update = (): void => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    update();
    const timer = setInterval(update, 1000);
    return () => clearInterval(timer);
  }, [seconds, of]);
  return left;
};
