export interface BenchAnswer {
  readonly ms: number;
  /** Codes of its errors; empty when it was answered whole. */
  readonly codes: readonly string[];
  readonly hasData: boolean;
}

/** Sends one operation and says how it went. What is no GraphQL answer counts as `NO_ANSWER`. */
export const ask = async (url: string, query: string, variables: object): Promise<BenchAnswer> => {
  const started = performance.now();
  const done = (codes: readonly string[], hasData: boolean) => ({ ms: performance.now() - started, codes, hasData });
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { data?: object | null; errors?: { extensions?: { code?: string } }[] };
    const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code ?? 'NO_CODE');
    return done(
      [...new Set(codes)],
      Object.values(answer.data ?? {}).some((value) => value !== null),
    );
  } catch {
    return done(['NO_ANSWER'], false);
  }
};
