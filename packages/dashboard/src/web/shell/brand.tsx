import type { ReactElement } from 'react';

export function Brand(): ReactElement {
  return (
    <span className="or-brand">
      <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="8" className="or-brand-tile" />
        <path
          d="M8 16h6m0 0c3 0 3-6 6-6h4m-10 6c3 0 3 6 6 6h4"
          fill="none"
          stroke="#fff"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <circle cx="8" cy="16" r="2.6" fill="#fff" />
      </svg>
      OneRouter
    </span>
  );
}
