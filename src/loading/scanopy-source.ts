import type { ScanopySource } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';

/** @throws Error when a record names a source that the viewer does not have: then it should not have been here. */
export const scanopySource = (context: RequestContext, name: string): ScanopySource => {
  const source = context.sources.byName(name);
  if (source?.kind !== 'SCANOPY') throw new Error(`The source "${name}" is no Scanopy source of this viewer.`);
  return source;
};
