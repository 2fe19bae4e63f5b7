import { lazy, Suspense } from 'react';
import type { BarsProps } from './bars.tsx';
import { Loading } from './loading.tsx';

/** What draws is loaded after the page. */
const Bars = lazy(async () => ({ default: (await import('./bars.tsx')).Bars }));

/** As many bars as are taken in at once. */
export const MOST_ROWS = 7;

/** A chart of bars, or a word where there is nothing to draw. */
export const Chart = ({ caption, rows }: BarsProps) => {
  if (rows.length === 0) return <p className="quiet">None.</p>;
  return (
    <Suspense fallback={<Loading lines={rows.length} />}>
      <Bars caption={caption} rows={rows} />
    </Suspense>
  );
};
