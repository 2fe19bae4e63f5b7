import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { Provider } from 'urql';
import { createClient } from './api/client.ts';
import { App } from './app.tsx';
import './styles.css';
import { OverviewView } from './views/overview/overview.tsx';

const place = document.getElementById('app');
if (!place) throw new Error('Expected an element #app in index.html.');

const router = createBrowserRouter(
  [{ path: '/', element: <App />, children: [{ index: true, element: <OverviewView /> }] }],
  { basename: '/explore' },
);

createRoot(place).render(
  <StrictMode>
    <Provider value={createClient()}>
      <RouterProvider router={router} />
    </Provider>
  </StrictMode>,
);
