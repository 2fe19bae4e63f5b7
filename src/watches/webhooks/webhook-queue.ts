import type { Clock } from '#sources/transport/clock.ts';
import { hostOf, targetOf, type Watch, type WebhookOptions } from '../watch.ts';
import type { DeadLetter, Delivery, WatchState } from '../watch-state.ts';
import { OLDEST_MS, pauseAfterAttempt } from './retry-schedule.ts';
import type { Outcome, SendWebhook } from './send-webhook.ts';

export interface WebhookQueueOptions {
  readonly clock: Clock;
  readonly state: WatchState;
  readonly send: SendWebhook;
  /** @default Math.random */
  readonly random?: () => number;
  readonly onAttempt: (delivery: AttemptReport) => void;
  readonly onDeadLetter: (letter: Omit<DeadLetter, 'body'>) => void;
  /** The file cannot be written: what was delivered may be delivered again. */
  readonly onStateFailure: (error: unknown) => void;
}

interface AttemptReport {
  readonly watch: string;
  readonly host: string;
  readonly id: string;
  readonly attempts: number;
  /** Null when it was delivered. */
  readonly failure: string | null;
}

/** After a failure to write the file, until the next attempt. */
const STATE_RETRY_MS = 30_000;

/**
 * Delivers what the state holds, each event at least once: it is there before the first attempt, and until it was taken. A receiver
 * gets one event at a time, the one first that is due first; one that fails holds up no other.
 */
export class WebhookQueue {
  readonly #options: WebhookQueueOptions;
  readonly #stopped = new AbortController();
  /** Attempts under way, by target. */
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #heldUntil = new Map<string, number>();
  #watches: readonly Watch[] = [];
  #callOff = (): void => {};

  constructor(options: WebhookQueueOptions) {
    this.#options = options;
  }

  /** From now on these receivers; what was for another one is dead. */
  async update(watches: readonly Watch[]): Promise<void> {
    this.#watches = watches;
    const lost = this.#options.state.data.deliveries.filter((delivery) => !this.#webhookOf(delivery));
    await this.#bury(lost, 'NOT_CONFIGURED').catch(this.#options.onStateFailure);
    this.wake();
  }

  /** Something may be due. */
  wake(): void {
    this.#callOff();
    if (this.#stopped.signal.aborted) return;
    const now = this.#options.clock.now();
    const waiting = this.#options.state.data.deliveries
      .filter(({ target }) => !this.#underWay.has(target))
      .toSorted((one, other) => this.#dueAt(one) - this.#dueAt(other));
    for (const delivery of waiting) {
      const webhook = this.#webhookOf(delivery);
      if (webhook && this.#dueAt(delivery) <= now && !this.#underWay.has(delivery.target))
        this.#begin(delivery, webhook);
    }
    const next = waiting.find((delivery) => !this.#underWay.has(delivery.target) && this.#webhookOf(delivery));
    if (next) this.#callOff = this.#options.clock.after(this.#dueAt(next) - now, () => this.wake());
  }

  /** Attempts under way are broken off, and made again after the next start. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#callOff();
    await Promise.all(this.#underWay.values());
  }

  #dueAt({ id, target, nextAttemptAt }: Delivery): number {
    return Math.max(nextAttemptAt, this.#heldUntil.get(`${id} ${target}`) ?? 0);
  }

  #webhookOf({ watch, target }: Delivery): WebhookOptions | undefined {
    const webhooks = this.#watches.find(({ name }) => name === watch)?.webhooks;
    return webhooks?.find((webhook) => targetOf(webhook) === target);
  }

  #begin(delivery: Delivery, webhook: WebhookOptions): void {
    const { target } = delivery;
    const done = this.#attempt(delivery, webhook).finally(() => {
      this.#underWay.delete(target);
      this.wake();
    });
    this.#underWay.set(target, done);
  }

  async #attempt(delivery: Delivery, webhook: WebhookOptions): Promise<void> {
    const { send, clock, onAttempt, onStateFailure } = this.#options;
    const outcome = await send(webhook, delivery, this.#stopped.signal);
    if (this.#stopped.signal.aborted && !outcome.isDelivered) return;
    const { watch, id } = delivery;
    const attempts = delivery.attempts + 1;
    const failure = outcome.isDelivered ? null : outcome.failure;
    onAttempt({ watch, id, attempts, failure, host: hostOf(webhook) });
    try {
      await this.#settle({ ...delivery, attempts }, webhook, outcome);
    } catch (error) {
      this.#heldUntil.set(`${id} ${delivery.target}`, clock.now() + STATE_RETRY_MS);
      onStateFailure(error);
    }
  }

  async #settle(delivery: Delivery, { attempts: most }: WebhookOptions, outcome: Outcome): Promise<void> {
    const { clock, random = Math.random } = this.#options;
    if (outcome.isDelivered) return this.#replace([delivery], []);
    const pauseMs = Math.max(outcome.retryAfterMs, pauseAfterAttempt(delivery.attempts, random()));
    const nextAttemptAt = clock.now() + pauseMs;
    const isOver = outcome.isFinal || delivery.attempts >= most || nextAttemptAt - delivery.firedAt > OLDEST_MS;
    return isOver
      ? this.#bury([delivery], outcome.failure)
      : this.#replace([delivery], [{ ...delivery, nextAttemptAt }]);
  }

  /** First to the dead letters, so that nothing is lost between. */
  async #bury(deliveries: readonly Delivery[], failure: string): Promise<void> {
    if (deliveries.length === 0) return;
    const { state, clock, onDeadLetter } = this.#options;
    const letters = deliveries.map((delivery): DeadLetter => {
      const webhook = this.#webhookOf(delivery);
      return {
        id: delivery.id,
        watch: delivery.watch,
        host: webhook ? hostOf(webhook) : null,
        failure,
        attempts: delivery.attempts,
        firedAt: new Date(delivery.firedAt).toISOString(),
        diedAt: new Date(clock.now()).toISOString(),
        body: delivery.body,
      };
    });
    await state.addDeadLetters(letters);
    await this.#replace(deliveries, []);
    for (const { body: _, ...letter } of letters) onDeadLetter(letter);
  }

  #replace(former: readonly Delivery[], by: readonly Delivery[]): Promise<void> {
    const isFormer = ({ id, target }: Delivery) => former.some((one) => one.id === id && one.target === target);
    return this.#options.state.change((data) => ({
      ...data,
      deliveries: [...data.deliveries.filter((delivery) => !isFormer(delivery)), ...by],
    }));
  }
}
