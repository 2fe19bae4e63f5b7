import type { NetworkSource } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';

/** @throws Error when a record names a source that the viewer does not have: then it should not have been here. */
export const networkSource = (context: RequestContext, name: string): NetworkSource => {
  const source = context.sources.byName(name);
  if (source?.side !== 'NETWORK') throw new Error(`The source "${name}" is no Scanopy source of this viewer.`);
  return source;
};
