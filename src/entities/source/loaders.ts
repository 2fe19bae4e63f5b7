import type { IndexStatus } from '#inventory/snapshot/source-index.ts';
import type { RequestContext } from '#loading/context.ts';
import type { Source } from '#sources/source-set.ts';

/** The source a record came from; the viewer has it, or the record would not be here. */
export const sourceOf = (context: RequestContext, record: { readonly source: string }): Source => {
  const source = context.sources.byName(record.source);
  if (!source)
    throw new Error(`A record of the source "${record.source}" reached a viewer who does not have that source.`);
  return source;
};

const NO_INDEX: IndexStatus = {
  complete: false,
  coverage: 0,
  records: 0,
  missingRows: 0,
  unreadRelations: 0,
  startedAt: null,
  completedAt: null,
};

/** State of the source's background index; nothing read when it has none. */
export const indexStatus = ({ index }: Source): IndexStatus => index?.status() ?? NO_INDEX;
