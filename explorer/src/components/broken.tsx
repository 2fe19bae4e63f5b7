/** Where a view itself fails, or its script does not come: after an update of the gateway the old names are gone. */
export const Broken = () => (
  <main className="narrow">
    <h1>This page could not be shown</h1>
    <p>The gateway may have been updated since the page was opened.</p>
    <p>
      <button type="button" onClick={() => location.reload()}>
        Load it again
      </button>
    </p>
  </main>
);
