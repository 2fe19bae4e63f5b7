import { z } from 'zod';

const seconds = z.number().min(0.01).max(3600);

/** Live data. Sources are polled only while there are subscribers, and equally often for any number of them. */
export const subscriptionOptions = z
  .strictObject({
    busyPollSeconds: seconds
      .default(10)
      .describe('Between two polls of a source while a scan or discovery is running.'),
    idlePollSeconds: seconds.default(30).describe('Between two polls of a source while none is running.'),
  })
  .prefault({});
