/**
 * What a gateway says of itself at `/metrics`, which it must show to whoever asks.
 * @param line the metric with its labels, as they are written there
 * @returns 0 where there is no such line
 */
export const metric = async ({ url }: { readonly url: string }, line: string): Promise<number> => {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const found = text.split('\n').find((of) => of.startsWith(`${line} `));
  return Number(found?.slice(line.length) ?? 0);
};
