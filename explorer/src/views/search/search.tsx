import { Link, useSearchParams } from 'react-router';
import { assetPath } from '../../components/asset-link.tsx';
import { Loading } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import { Problems } from '../../components/problems.tsx';
import { HitText } from '../../search/hit-text.tsx';
import { useSearch } from '../../search/use-search.ts';
import { countedText } from '../../text/amounts.ts';

/** Of each type. */
const FIRST = 50;

/** Everything that a text names or is part of, at an address of its own. */
export const SearchView = () => {
  const [parameters] = useSearchParams();
  const text = parameters.get('q') ?? '';
  const { hits, total, isBusy, errors } = useSearch(text, { first: FIRST, readsLists: true });
  return (
    <Page title={<>Found under “{text}”</>} tab={text}>
      {errors.map((error) => (
        <Problems key={error.message} error={error} hasData={hits.length > 0} onRetry={() => location.reload()} />
      ))}
      {isBusy && hits.length === 0 && <Loading lines={6} what="Searching" />}
      {!isBusy && (
        <p className="quiet result-count">
          {total > hits.length ? `${hits.length} of ${countedText(total, 'record')}` : countedText(total, 'record')}
        </p>
      )}
      {hits.length > 0 && (
        <ul className="panel hits">
          {hits.map((hit) => (
            <li key={hit.id}>
              <Link className="hit" to={assetPath(hit.id)}>
                <HitText hit={hit} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
};
