import type { ResourceAnswer, ResourceModel } from '#entities/resource/model.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { Scope } from '../transport/scope.ts';
import type { UpstreamCall } from '../transport/upstream-call.ts';

/** Passes the resources of every new answer of the source to its listener. */
export class ResourceWatch {
  #listener: ((answer: ResourceAnswer) => void) | null = null;

  listen(listener: (answer: ResourceAnswer) => void): void {
    this.#listener = listener;
  }

  page(call: UpstreamCall<ListPage<ResourceModel>>, { priority }: Scope): UpstreamCall<ListPage<ResourceModel>> {
    return {
      ...call,
      onAnswer: (page, givenAt) => {
        const rows = page?.rows.filter((row) => row !== null) ?? [];
        this.#listener?.({ rows, missing: null, givenAt, isForIndex: priority === 'index' });
      },
    };
  }

  /** @param name row id or AWS identifier, as the source is asked for it. */
  one(name: string, call: UpstreamCall<ResourceModel>, { priority }: Scope): UpstreamCall<ResourceModel> {
    return {
      ...call,
      onAnswer: (row, givenAt) =>
        this.#listener?.({
          rows: row ? [row] : [],
          missing: row ? null : name,
          givenAt,
          isForIndex: priority === 'index',
        }),
    };
  }
}
