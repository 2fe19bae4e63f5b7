import { useState } from 'react';
import { Answer } from '../../components/answer.tsx';
import { AssetLink } from '../../components/asset-link.tsx';
import { Unknown } from '../../components/unknown.tsx';
import { countedText } from '../../text/amounts.ts';
import { CHANGE_WORDS } from '../../text/changes.ts';
import type { Stretch } from './days.ts';
import { clockText } from './days.ts';
import { ChangesOfDay } from './operations.ts';

/** What a day brought, newest first, a page at a time. */
export const DayChanges = ({ day }: { readonly day: Stretch }) => {
  const [after, setAfter] = useState<string | null>(null);
  return (
    <Answer title="What changed" operation={ChangesOfDay} variables={{ ...day, after }}>
      {({ changes }, error) =>
        changes ? (
          <>
            <ul className="rows">
              {changes.nodes.map(({ kind, title, noticedAt, asset, fields, neededBy }) => (
                <li key={`${noticedAt} ${kind} ${asset?.id ?? title}`}>
                  <span className="chip">{CHANGE_WORDS[kind]}</span>
                  <div>
                    {asset ? <AssetLink asset={asset} /> : title}{' '}
                    <small className="quiet">
                      {clockText(noticedAt)}
                      {fields.length > 0 && `: ${fields.map(({ name }) => name).join(', ')}`}
                    </small>
                    {neededBy && neededBy.totalCount > 0 && (
                      <p>
                        <strong>{countedText(neededBy.totalCount, 'asset')} still refer to it.</strong>
                      </p>
                    )}
                  </div>
                </li>
              ))}
            </ul>
            {changes.pageInfo.hasNextPage && (
              <button type="button" onClick={() => setAfter(changes.pageInfo.endCursor)}>
                Next page
              </button>
            )}
          </>
        ) : (
          <Unknown error={error} field="changes" />
        )
      }
    </Answer>
  );
};
