/** What the gateway says an answer cost: the part of `extensions.cost` that is shown. */
export interface AnswerCost {
  /** Requests that were sent to the sources, all together. */
  readonly requests: number;
  /** Age of the oldest part that was answered from a copy because its source could not be asked; 0 when nothing was. */
  readonly staleSeconds: number;
}

interface CostExtension {
  readonly requests?: Readonly<Record<string, number>>;
  readonly oldestStaleSeconds?: number;
}

/** @returns null for an answer that does not say. */
export const costOf = (extensions: Readonly<Record<string, unknown>> | undefined): AnswerCost | null => {
  const cost = extensions?.cost as CostExtension | undefined;
  if (!cost?.requests) return null;
  return {
    requests: Object.values(cost.requests).reduce((sum, requests) => sum + requests, 0),
    staleSeconds: cost.oldestStaleSeconds ?? 0,
  };
};
