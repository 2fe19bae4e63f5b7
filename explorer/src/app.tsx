import { NavLink, Outlet } from 'react-router';
import { forgetKey, readKey } from './api/key.ts';

/** What every view stands in: the name of the product, the ways to the views, and the way out for who came with a key. */
export const App = () => (
  <>
    <header className="bar">
      <strong>Inventory</strong>
      <nav aria-label="Views">
        <NavLink to="/" end>
          Overview
        </NavLink>
      </nav>
      <a href="/graphql">GraphiQL</a>
      {readKey() !== null && (
        <button
          type="button"
          onClick={() => {
            forgetKey();
            location.reload();
          }}
        >
          Forget key
        </button>
      )}
    </header>
    <Outlet />
  </>
);
