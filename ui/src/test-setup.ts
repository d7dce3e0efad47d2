import '@testing-library/jest-dom/vitest';
import './i18n/later';

// The clock is the one of the place: tests are in Europe.
Object.defineProperty(navigator, 'languages', { value: ['en-GB'], configurable: true });
