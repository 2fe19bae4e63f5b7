import { GatewayError } from '#lib/gateway-error.ts';
import type { SourceSide } from '#lib/source-side.ts';
import type { ProbeAnswer } from './source-kind.ts';
import type { Source, SourceOf } from './source-set.ts';
import type { BudgetStatus } from './transport/budget/allowance.ts';
import type { Scope } from './transport/scope.ts';

/** What a source said when it was tried. */
export interface SourceProbe {
  readonly source: string;
  /** Name of the product. */
  readonly kind: string;
  /** Whether anything answered at all. */
  readonly isReachable: boolean;
  /** Null: not found out. */
  readonly isKeyGood: boolean | null;
  readonly answer: ProbeAnswer | null;
  readonly budget: BudgetStatus;
  /** Null when everything is well. */
  readonly failure: string | null;
}

/** Tries one source with at most five requests. Never throws. */
export const probeSource = async (source: Source, scope: Scope): Promise<SourceProbe> => {
  const named = { source: source.name, kind: source.kind.label };
  try {
    const answer = await (source.side === 'CLOUD' ? asked(source, scope) : asked(source, scope));
    const { budget } = source.client.status();
    return { ...named, isReachable: true, isKeyGood: true, answer, budget, failure: null };
  } catch (error) {
    const code = error instanceof GatewayError ? error.code : null;
    const isRefused = code === 'UPSTREAM_UNAUTHORIZED' || code === 'UPSTREAM_FORBIDDEN';
    return {
      ...named,
      isReachable: code !== 'UPSTREAM_UNAVAILABLE' && code !== 'UPSTREAM_TIMEOUT',
      isKeyGood: isRefused ? false : null,
      answer: null,
      budget: source.client.status().budget,
      failure: error instanceof Error ? error.message : String(error),
    };
  }
};

const asked = <S extends SourceSide>({ kind, client }: SourceOf<S>, scope: Scope): Promise<ProbeAnswer> =>
  kind.probe(client, scope);
