import DataLoader from 'dataloader';
import { InputError, toError } from '#lib/gateway-error.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import type { Source } from '#sources/source-set.ts';
import { perRequest, type RequestContext } from './context.ts';

export interface NaturalKeyOptions<S extends Source, M extends RecordRef> {
  /** What the key is called, e.g. `awsAccountNumber`. */
  readonly name: string;
  readonly sources: (context: RequestContext) => readonly S[];
  /** All records of one source under each key; an Error fails its key alone. */
  readonly find: (
    context: RequestContext,
    source: S,
    keys: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly M[] | Error>>;
  /** The key says by itself which record it means: one match is the record, even while another source cannot be asked. */
  readonly provesItself: (key: string) => boolean;
}

const MAX_NAMED = 10;

/**
 * Records by a key that other systems use, batched; null when no source has one. A key that several records have fails with an
 * InputError (`reason: AMBIGUOUS_KEY`, with the ids of the candidates); other keys of the batch are answered.
 */
export const naturalKeyLoader = <S extends Source, M extends RecordRef>({
  name,
  sources,
  find,
  provesItself,
}: NaturalKeyOptions<S, M>): ((context: RequestContext) => DataLoader<string, M | null>) =>
  perRequest(
    (context) =>
      new DataLoader<string, M | null>(
        async (keys) => {
          const answers = await Promise.all(
            sources(context).map((source) => find(context, source, keys).catch(toError)),
          );
          return keys.map((key) => {
            const answersOfKey = answers.map((answer) => (answer instanceof Error ? answer : (answer.get(key) ?? [])));
            const matches = answersOfKey.flatMap((answer) => (answer instanceof Error ? [] : answer));
            if (matches.length > 1) return ambiguous(name, key, matches);
            const [match = null] = matches;
            const failure = answersOfKey.find((answer) => answer instanceof Error);
            return failure && !(match && provesItself(key)) ? failure : match;
          });
        },
        { name },
      ),
  );

const ambiguous = (name: string, key: string, matches: readonly RecordRef[]): InputError =>
  new InputError(
    `Expected "${name}" to name one record; ${matches.length} carry ${JSON.stringify(key.slice(0, 80))}. Refer to one by its "id".`,
    { reason: 'AMBIGUOUS_KEY', candidates: matches.slice(0, MAX_NAMED).map(encodeGlobalId) },
  );
