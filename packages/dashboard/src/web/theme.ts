import { createTheme, localStorageColorSchemeManager } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorSchemeManager, MantineThemeOverride } from '@mantine/core';

/** The page's HTML reads the same entry before the first paint. */
export const colorSchemes: MantineColorSchemeManager = localStorageColorSchemeManager({
  key: 'onerouter.color-scheme',
});

export const theme: MantineThemeOverride = createTheme({
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 7 },
  colors: {
    brand: [
      '#eefbf8',
      '#d5f4ed',
      '#aeeadd',
      '#79d9c8',
      '#45c1ae',
      '#26a594',
      '#178578',
      '#126a61',
      '#12554f',
      '#114742',
    ],
    dark: [
      '#e4e8ed',
      '#bac2cd',
      '#98a2b0',
      '#66707e',
      '#38414d',
      '#2a323c',
      '#1d242c',
      '#14191f',
      '#0f1318',
      '#0a0d11',
    ],
  },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Badge: { defaultProps: { tt: 'none' } },
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.45 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true } },
    Anchor: { defaultProps: { underline: 'always', size: 'sm' } },
    Text: { defaultProps: { size: 'sm' } },
  },
});

/** Mantine's quiet greys and reds are too faint on white for WCAG AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1b2128',
    '--mantine-color-dimmed': '#56606d',
    '--mantine-color-placeholder': '#68727f',
    '--mantine-color-error': '#c02626',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-default-border': '#d9dee4',
    '--or-surface': '#f6f8fa',
    '--or-line': '#e3e7ec',
    '--or-good': '#116a43',
    '--or-warn': '#8a5300',
    '--or-bad': '#b42318',
  },
  dark: {
    '--mantine-color-error': '#ff8a80',
    '--mantine-color-placeholder': '#8a94a2',
    '--or-surface': '#0f1318',
    '--or-line': '#262d36',
    '--or-good': '#5fd39a',
    '--or-warn': '#f2b95e',
    '--or-bad': '#ff8a80',
  },
});
