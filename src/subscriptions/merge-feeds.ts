import { Repeater } from '@repeaterjs/repeater';
import type { Feed } from './feed.ts';

/** The wanted events of several feeds, as they occur. Ending it ends listening to all of them. */
export const mergeFeeds = <E>(feeds: readonly Feed<E>[], isWanted: (event: E) => boolean): Repeater<E, void> =>
  // The library's type allows for events that are promises, which these are not.
  Repeater.merge(feeds.map((feed) => feed.listen(isWanted))) as Repeater<E, void>;
