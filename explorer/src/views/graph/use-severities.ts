import { useMemo } from 'react';
import { useQuery } from 'urql';
import type { Severities } from './answer-picture.ts';
import { WorstFindings } from './operations.ts';

const NONE: Severities = new Map();

/** The worst open finding of each resource; empty until it is known, and when it is not wanted. */
export const useSeverities = (isWanted: boolean) => {
  const [{ data, error }, repeat] = useQuery({ query: WorstFindings, pause: !isWanted });
  const severities = useMemo(() => {
    const worst = new Map<string, NonNullable<ReturnType<Severities['get']>>>();
    for (const { severity, resource } of data?.findings?.nodes ?? [])
      if (resource && !worst.has(resource.id)) worst.set(resource.id, severity);
    return worst;
  }, [data]);
  return { severities: isWanted ? severities : NONE, error: isWanted ? error : undefined, repeat };
};
