import type { GraphQLError } from 'graphql';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { Provider } from 'urql';
import { createClient } from './api/client.ts';
import { BASE } from './api/moment.ts';
import { KeyForm } from './components/key-form.tsx';
import { routes } from './routes.tsx';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';

const place = document.getElementById('app');
if (!place) throw new Error('Expected an element #app in index.html.');

const router = createBrowserRouter(routes, { basename: BASE });

const Root = () => {
  const [refusal, setRefusal] = useState<GraphQLError | null>(null);
  const [client] = useState(() => createClient(setRefusal));
  if (refusal) return <KeyForm refusal={refusal} />;
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
