import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { Provider } from 'urql';
import { createClient } from './api/client.ts';
import { readKey } from './api/key.ts';
import { App } from './app.tsx';
import { KeyForm } from './components/key-form.tsx';
import './styles.css';
import { OverviewView } from './views/overview/overview.tsx';

const place = document.getElementById('app');
if (!place) throw new Error('Expected an element #app in index.html.');

const router = createBrowserRouter(
  [{ path: '/', element: <App />, children: [{ index: true, element: <OverviewView /> }] }],
  { basename: '/explore' },
);

const Root = () => {
  const [needsKey, setNeedsKey] = useState(false);
  const [client] = useState(() => createClient(() => setNeedsKey(true)));
  if (needsKey) return <KeyForm wasRefused={readKey() !== null} />;
  return (
    <Provider value={client}>
      <RouterProvider router={router} />
    </Provider>
  );
};

createRoot(place).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);
