import type { IncomingHttpHeaders } from 'node:http';
import { GatewayError } from '#lib/gateway-error.ts';
import { type Authenticator, callerOf, type Viewer, whenExpired } from './viewer.ts';

/** A request that is being answered, or a socket. */
interface Connection {
  readonly viewer: Viewer;
  /** What the viewer was identified by. */
  readonly headers: IncomingHttpHeaders;
  /** Whether it goes on until somebody ends it. */
  isStream(): boolean;
  /** @param mayReturn the credential is good, and sees something else now */
  end(mayReturn: boolean): void;
}

/** Where a connection stands among the open ones. */
interface Place {
  readonly connection: Connection;
  at: number;
}

/**
 * Everything that is open for a viewer, so that it ends with the credential. An array, as every request comes and goes here: what a Set was
 * before it had to grow or to close gaps still refers to what it became, and with it V8's young collections keep all requests alive.
 */
export class Connections {
  readonly #open: Place[] = [];

  /** Ends the connection when its credential expires. @returns to be called once it is closed */
  add(connection: Connection): () => void {
    const callOff = whenExpired(connection.viewer, () => connection.end(false));
    const place: Place = { connection, at: this.#open.length };
    this.#open.push(place);
    return () => {
      callOff();
      this.#remove(place);
    };
  }

  /**
   * Ends what would not be let in any more, and streams of those who would see other sources now. Answers that are under way are short,
   * and were asked for before.
   */
  async review(authenticate: Authenticator): Promise<void> {
    await Promise.all(this.#open.map(({ connection }) => reviewed(connection, authenticate)));
  }

  /** The last one takes its place. */
  #remove(place: Place): void {
    if (this.#open[place.at] !== place) return;
    const last = this.#open.pop();
    if (!last || last === place) return;
    this.#open[place.at] = last;
    last.at = place.at;
  }
}

const reviewed = async (connection: Connection, authenticate: Authenticator): Promise<void> => {
  try {
    const viewer = await authenticate(connection.headers);
    if (!isAlike(viewer, connection.viewer) && connection.isStream()) connection.end(true);
  } catch (error) {
    // Anything else says nothing about the credential.
    if (error instanceof GatewayError) connection.end(false);
  }
};

const isAlike = (one: Viewer, other: Viewer): boolean =>
  callerOf(one) === callerOf(other) && JSON.stringify(one.sources) === JSON.stringify(other.sources);
