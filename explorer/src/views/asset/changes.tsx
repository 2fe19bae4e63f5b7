import { addressAt, MOMENT } from '../../api/moment.ts';
import { Answer } from '../../components/answer.tsx';
import { FirstOf } from '../../components/first-of.tsx';
import { Moment } from '../../components/moment.tsx';
import { Unknown } from '../../components/unknown.tsx';
import type { AssetChangesQuery } from '../../gql/graphql.ts';
import { CHANGE_WORDS } from '../../text/changes.ts';
import { AssetChanges } from './operations.ts';

type Change = NonNullable<AssetChangesQuery['changes']>['nodes'][number];

/** How it differed between readings of the index. */
export const Changes = ({ id }: { readonly id: string }) => (
  <Answer title="What changed" operation={AssetChanges} variables={{ id, until: MOMENT }}>
    {({ changes }, error) => {
      if (!changes) return <Unknown error={error} field="changes" />;
      if (changes.nodes.length === 0)
        return <p className="quiet">Nothing, as far as the index has seen since it was first complete.</p>;
      return (
        <>
          <ul className="panel rows">
            {changes.nodes.map((change) => (
              <li key={`${change.noticedAt} ${change.kind}`}>
                <span className="chip">{CHANGE_WORDS[change.kind]}</span>
                <div>
                  <Moment at={change.noticedAt} />
                  {change.kind === 'REMOVED' && (
                    <>
                      {' '}
                      <a href={addressAt(change.since)}>as it was before</a>
                    </>
                  )}
                  <Differences of={change.fields} />
                </div>
              </li>
            ))}
          </ul>
          <FirstOf shown={changes.nodes.length} total={changes.totalCount} />
        </>
      );
    }}
  </Answer>
);

const Differences = ({ of }: { readonly of: Change['fields'] }) => (
  <ul>
    {of.map(({ name, before, after }) => (
      <li key={name}>
        {name}: <del>{before ?? 'unknown'}</del> → <ins>{after ?? 'unknown'}</ins>
      </li>
    ))}
  </ul>
);
