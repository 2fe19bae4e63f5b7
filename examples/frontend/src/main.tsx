import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Client, cacheExchange, fetchExchange, Provider } from 'urql';
import { HostsPage } from './hosts-page.tsx';
import './styles.css';

const client = new Client({ url: '/graphql', exchanges: [cacheExchange, fetchExchange], preferGetMethod: false });
const place = document.getElementById('app');
if (!place) throw new Error('Expected an element #app in index.html.');

createRoot(place).render(
  <StrictMode>
    <Provider value={client}>
      <HostsPage />
    </Provider>
  </StrictMode>,
);
