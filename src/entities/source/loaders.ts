import type { IndexStatus } from '#inventory/snapshot/source-index.ts';
import type { RequestContext } from '#loading/context.ts';
import type { Source } from '#sources/source-set.ts';
import type { TransportStatus } from '#sources/transport/transport.ts';

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

/** How the source does right now: an answer with this holds for no other moment. */
export const statusOf = ({ client }: Source, { scope }: RequestContext): TransportStatus => {
  scope.ledger.countLive();
  return client.status();
};

/** State of the source's background index right now; nothing read when it has none. */
export const indexStatus = ({ index }: Source, { scope }: RequestContext): IndexStatus => {
  scope.ledger.countLive();
  return index?.status() ?? NO_INDEX;
};
