import type { GatewayConfig } from '#config/config.ts';
import { ConfigError, type ConfigProblem, NotConfiguredError } from '#config/config-error.ts';
import { applicable } from '#config/reload-settings.ts';
import { noteChange } from '#lib/change-count.ts';
import { toError } from '#lib/gateway-error.ts';
import { paceOf } from '#subscriptions/polling.ts';
import { createServing, type Serving, type ServingDeps } from './create-serving.ts';
import { updateLogger } from './observability/logger.ts';

/** What answers at this moment, and how it came to be configured. */
export class Reloading {
  readonly #deps: ServingDeps;
  #serving: Serving;
  #callOff = (): void => {};

  /** @throws ConfigError */
  constructor(initial: GatewayConfig, deps: ServingDeps) {
    this.#deps = deps;
    this.#serving = createServing(initial, deps);
    this.#report(true);
  }

  get serving(): Serving {
    return this.#serving;
  }

  /**
   * Goes on with the configuration that `load` gives. Operations under way end as they began. Where `load` or the gateway refuses it,
   * everything stays as it is.
   * @returns whether it was taken
   */
  reload(load: () => GatewayConfig): boolean {
    const { logger } = this.#deps;
    try {
      this.#take(load());
      this.#report(true);
      return true;
    } catch (thrown) {
      this.#report(false);
      const problems = problemsOf(thrown);
      if (problems) logger.error({ problems }, 'The configuration that was read is refused, and the former one stays');
      else logger.error({ err: toError(thrown) }, 'The configuration could not be read, and the former one stays');
      return false;
    }
  }

  close(): void {
    this.#callOff();
  }

  #take(given: GatewayConfig): void {
    const { sources, live, watches, logger, clock } = this.#deps;
    const former = this.#serving;
    const { config, waiting } = applicable(former.config, given);
    // First what may still refuse it.
    const next = createServing(config, this.#deps, former);
    updateLogger(logger, config);
    live.update(paceOf(config.subscriptions, clock), sources.update(config));
    this.#serving = next;
    noteChange();
    watches.update(next);
    this.#endConnections();
    // What began before and is open then is a stream, whatever it was taken for.
    this.#callOff();
    this.#callOff = clock.after(former.config.limits.operationTimeoutMs, () => this.#endConnections());
    logger.info({ sources: config.sources.map(({ name }) => name) }, 'The configuration was read anew');
    if (waiting.length > 0)
      logger.warn({ settings: waiting }, 'Settings have changed that stay as they were until the gateway is restarted');
  }

  #endConnections(): void {
    void this.#deps.connections.review(this.#serving.authenticate);
  }

  #report(isSuccessful: boolean): void {
    const { metrics, clock } = this.#deps;
    metrics.reloadSuccessful.set(Number(isSuccessful));
    if (isSuccessful) metrics.reloadedAt.set(clock.now() / 1000);
  }
}

const problemsOf = (thrown: unknown): readonly ConfigProblem[] | null => {
  if (thrown instanceof NotConfiguredError) return [{ path: 'sources', message: 'expected a source, got none' }];
  return thrown instanceof ConfigError ? thrown.problems : null;
};
