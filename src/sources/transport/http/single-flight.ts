import { toError } from '#lib/gateway-error.ts';
import type { Clock } from '../clock.ts';
import type { Scope } from '../scope.ts';
import { Flight } from './flight.ts';

interface Running {
  readonly flight: Flight;
  readonly result: Promise<unknown>;
}

export interface SingleFlightSettings {
  readonly clock: Clock;
  /** The error for a waiter whose deadline has come. */
  readonly lateError: (flight: Flight, scope: Scope) => Error;
  /** Called when somebody has joined a call that still waits in the queue, which may have become more urgent. */
  readonly onJoinedQueue: (flight: Flight) => void;
}

export interface Joining<T> {
  readonly key: string;
  /** Of the data, as the caller knows it: a flight that was started for another version is not joined. */
  readonly version: string | null | undefined;
  readonly scope: Scope;
  readonly fly: (flight: Flight) => Promise<T>;
  readonly onJoined: () => void;
}

/** Equal calls under way at once are one call. Each waiter has its own deadline and abort. */
export class SingleFlight {
  readonly #settings: SingleFlightSettings;
  readonly #running = new Map<string, Running>();

  constructor(settings: SingleFlightSettings) {
    this.#settings = settings;
  }

  /** A failure of the flight is the same error for all who wait for it. `T` is what calls of this key give. */
  async join<T>(joining: Joining<T>): Promise<T> {
    const { key, scope } = joining;
    if (scope.signal?.aborted) throw toError(scope.signal.reason);
    const known = this.#running.get(key);
    if (known && mayJoin(known.flight, joining)) {
      joining.onJoined();
      return this.#wait(known, scope) as Promise<T>;
    }
    return this.#wait(this.#start(joining), scope) as Promise<T>;
  }

  #start<T>({ key, version, scope, fly }: Joining<T>): Running {
    const forget = () => {
      if (this.#running.get(key)?.flight === flight) this.#running.delete(key);
    };
    const flight = new Flight(scope, version, this.#settings.clock, forget);
    // Starts a moment later: the first waiter must have joined before the flight looks whether anybody wants it.
    const result = Promise.resolve()
      .then(() => fly(flight))
      .finally(forget);
    result.catch(() => undefined);
    const running: Running = { flight, result };
    this.#running.set(key, running);
    return running;
  }

  #wait({ flight, result }: Running, scope: Scope): Promise<unknown> {
    const { clock, lateError, onJoinedQueue } = this.#settings;
    return new Promise((resolve, reject) => {
      const refuse = () => end(() => reject(lateError(flight, scope)));
      const leave = flight.join(scope, refuse);
      const onAbort = () => end(() => reject(toError(scope.signal?.reason)));
      const cancelTimer = clock.after(scope.deadlineAt - clock.now(), refuse);
      const end = (then: () => void) => {
        cancelTimer();
        scope.signal?.removeEventListener('abort', onAbort);
        then();
        leave();
      };
      scope.signal?.addEventListener('abort', onAbort, { once: true });
      result.then(
        (value) => end(() => resolve(value)),
        (error: unknown) => end(() => reject(error)),
      );
      if (flight.queued) onJoinedQueue(flight);
    });
  }
}

/** Who bypasses the cache joins nothing that may be older than the question, except within the same operation. */
const mayJoin = <T>(flight: Flight, { version, scope }: Joining<T>): boolean =>
  flight.version === version && (!scope.bypassCache || flight.operation === scope.operation);
