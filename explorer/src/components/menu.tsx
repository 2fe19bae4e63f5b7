import type { ReactNode } from 'react';
import './menu.css';

export interface MenuProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** What opens below a button, and closes by Escape or when the focus goes elsewhere. */
export const Menu = ({ label, children }: MenuProps) => (
  <details
    className="menu"
    onBlur={({ currentTarget, relatedTarget }) => {
      if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) currentTarget.open = false;
    }}
    onKeyDown={({ key, currentTarget }) => {
      if (key !== 'Escape' || !currentTarget.open) return;
      currentTarget.open = false;
      currentTarget.querySelector('summary')?.focus();
    }}
  >
    <summary>{label}</summary>
    <div>{children}</div>
  </details>
);
