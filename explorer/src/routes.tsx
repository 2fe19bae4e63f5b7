import type { RouteObject } from 'react-router';
import { App } from './app.tsx';
import { Broken } from './components/broken.tsx';
import { Loading } from './components/loading.tsx';

/** Each view is loaded when it is first opened: what draws the graph does not weigh on the first page. */
export const routes: RouteObject[] = [
  {
    path: '/',
    element: <App />,
    errorElement: <Broken />,
    hydrateFallbackElement: <Loading lines={6} />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./views/overview/overview.tsx')).OverviewView }) },
      { path: 'search', lazy: async () => ({ Component: (await import('./views/search/search.tsx')).SearchView }) },
      { path: 'asset/:id', lazy: async () => ({ Component: (await import('./views/asset/asset.tsx')).AssetView }) },
      { path: 'graph', lazy: async () => ({ Component: (await import('./views/graph/graph-view.tsx')).GraphView }) },
      {
        path: 'unmatched',
        lazy: async () => ({ Component: (await import('./views/unmatched/unmatched.tsx')).UnmatchedView }),
      },
      { path: 'history', lazy: async () => ({ Component: (await import('./views/history/history.tsx')).HistoryView }) },
      { path: '*', lazy: async () => ({ Component: (await import('./views/not-found.tsx')).NotFoundView }) },
    ],
  },
];
