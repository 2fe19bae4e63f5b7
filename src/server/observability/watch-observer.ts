import type { WatchRunnerOptions } from '#watches/watch-runner.ts';
import type { WebhookQueueOptions } from '#watches/webhooks/webhook-queue.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

type WatchObserver = Pick<WatchRunnerOptions, 'onRun'> &
  Pick<WebhookQueueOptions, 'onAttempt' | 'onDeadLetter' | 'onStateFailure'>;

/** Turns what happens to watches and their events into metrics and log lines. */
export const watchObserver = (logger: Logger, metrics: Metrics): WatchObserver => ({
  onRun: (watch, outcome, failure) => {
    metrics.watchRuns.inc({ watch, outcome });
    if (outcome === 'fired') logger.info({ watch }, 'A watch fired');
    if (outcome === 'failed')
      logger.warn({ watch, failure }, 'A watched question could not be asked; it is asked again');
  },
  onAttempt: ({ watch, failure, ...attempt }) => {
    metrics.webhookAttempts.inc({ watch, outcome: failure === null ? 'delivered' : 'failed' });
    if (failure === null) logger.info({ watch, ...attempt }, 'A webhook was delivered');
    else logger.warn({ watch, failure, ...attempt }, 'A webhook could not be delivered');
  },
  onDeadLetter: (letter) => {
    metrics.webhookDeadLetters.inc({ watch: letter.watch });
    logger.error(letter, 'An event of a watch was not delivered and is not tried again');
  },
  onStateFailure: (err) =>
    logger.error({ err }, 'What watches have told cannot be written; webhooks may be delivered more than once'),
});
