import { useMemo } from 'react';
import { useQuery } from 'urql';
import { allowStale, INDEX_STALE_SECONDS } from '../../api/client.ts';
import { isCountable } from '../../api/is-countable.ts';
import type { WalkedSourceFragment } from '../../gql/graphql.ts';
import { countText } from '../../text/amounts.ts';
import type { Severities } from './answer-picture.ts';
import { WorstFindings } from './operations.ts';

const NONE: Severities = new Map();
const CONTEXT = allowStale(INDEX_STALE_SECONDS);

/** The worst open finding of each resource; empty until it is known, and when it is not wanted. */
export const useSeverities = (isWanted: boolean, sources: readonly WalkedSourceFragment[] = []) => {
  const isAsked = isWanted && isCountable(sources, 'SCANORBIT');
  const [{ data, error }, repeat] = useQuery({ query: WorstFindings, pause: !isAsked, context: CONTEXT });
  const findings = data?.findings;
  const severities = useMemo(() => {
    const worst = new Map<string, NonNullable<ReturnType<Severities['get']>>>();
    for (const { severity, resource } of findings?.nodes ?? [])
      if (resource && !worst.has(resource.id)) worst.set(resource.id, severity);
    return worst;
  }, [findings]);
  if (!isWanted) return { severities: NONE, error: undefined, note: null, repeat };
  if (!isAsked) {
    const isAwaited = sources.some(({ kind }) => kind === 'SCANORBIT');
    return { severities: NONE, error: undefined, note: isAwaited ? AWAITED : null, repeat };
  }
  return { severities, error, note: findings ? noteOf(findings.nodes.length, findings.totalCount) : null, repeat };
};

const AWAITED = 'Severities are shown once the index has read the findings.';

const noteOf = (known: number, total: number): string | null =>
  known < total
    ? `Severities are of the worst ${countText(known)} of ${countText(total)} open findings: what has no ring may have others.`
    : null;
