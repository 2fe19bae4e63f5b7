import { Link } from 'react-router';
import { Page } from '../components/page.tsx';

export const NotFoundView = () => (
  <Page title="There is no such page" tab="Not found">
    <p>
      Search for a name or an identifier, or begin with the <Link to="/">overview</Link>.
    </p>
  </Page>
);
