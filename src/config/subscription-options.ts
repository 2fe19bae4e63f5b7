import { z } from 'zod';

const seconds = z.number().min(0.01).max(3600);

/** Live data. Sources are looked at only while somebody listens, whatever the number of listeners. */
export const subscriptionOptions = z
  .strictObject({
    busyPollSeconds: seconds.default(10).describe('Between two looks at a source while something moves there.'),
    idlePollSeconds: seconds.default(30).describe('Between two looks at a source while nothing does.'),
  })
  .prefault({});
