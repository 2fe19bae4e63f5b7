import { Suspense } from 'react';
import { NavLink, Outlet } from 'react-router';
import { forgetKeys, hasKey } from './api/key.ts';
import { MOMENT, UNREADABLE_MOMENT } from './api/moment.ts';
import { MomentBar } from './components/moment-bar.tsx';
import { Notice } from './components/notice.tsx';
import { SearchBox } from './search/search-box.tsx';

const leave = (): void => {
  forgetKeys();
  location.reload();
};

/** What every view stands in: the name of the product, the ways to the views, and the way out for who came with a key. */
export const App = () => (
  <>
    <a className="skip" href="#content">
      Skip to the content
    </a>
    <header className="bar">
      <NavLink className="brand" to="/" end>
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" className="mark">
          <path d="M12 5.5 5.5 17h13z" />
          <circle cx="12" cy="5.5" r="3" />
          <circle cx="5.5" cy="17.5" r="3" />
          <circle cx="18.5" cy="17.5" r="3" />
        </svg>
        <span className="brand-name">Inventory</span>
      </NavLink>
      <nav aria-label="Views">
        <NavLink to="/" end>
          Overview
        </NavLink>
        <NavLink to="/graph">Graph</NavLink>
        <NavLink to="/unmatched">Unmatched</NavLink>
        <NavLink to="/history">History</NavLink>
      </nav>
      <SearchBox />
      <div className="end">
        <a href="/graphql">GraphiQL</a>
        {hasKey() && (
          <button type="button" onClick={leave}>
            Forget key
          </button>
        )}
      </div>
    </header>
    {MOMENT !== null && <MomentBar time={MOMENT} />}
    {UNREADABLE_MOMENT !== null && (
      <Notice tone="refused" title="This is how things are now.">
        Expected a moment such as 2026-01-31T12:00Z in the address, got “{UNREADABLE_MOMENT}”.
      </Notice>
    )}
    <Suspense>
      <Outlet />
    </Suspense>
  </>
);
