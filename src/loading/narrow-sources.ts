import { InputError } from '#lib/gateway-error.ts';
import type { Source } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';

/**
 * The sources of `candidates` that can hold what a filter asks for: the one it names, and those the records it names are of. Two that
 * differ leave none.
 * @throws InputError when `name` is no source of the viewer.
 */
export const narrowSources = <S extends Pick<Source, 'name'>>(
  context: RequestContext,
  candidates: readonly S[],
  name: string | null | undefined,
  records: readonly ({ readonly source: string } | null)[] = [],
): readonly S[] => {
  if (typeof name === 'string' && !context.sources.byName(name)) {
    throw new InputError(
      `Expected "source" to be one of ${context.sources.all.map((source) => JSON.stringify(source.name)).join(', ')}, got ${JSON.stringify(name.slice(0, 80))}.`,
    );
  }
  const named = [name, ...records.map((record) => record?.source)].filter((one) => typeof one === 'string');
  return candidates.filter((source) => named.every((one) => one === source.name));
};
