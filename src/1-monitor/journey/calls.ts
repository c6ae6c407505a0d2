/** Looking at an element, however it is named; and at what only one of these has. */
const LOOKING = {
  element: [
    'textContent',
    'innerText',
    'innerHTML',
    'inputValue',
    'getAttribute',
    'isVisible',
    'isHidden',
    'isEnabled',
    'isDisabled',
    'isChecked',
    'isEditable',
    'evaluate',
  ],
  page: ['title', 'content'],
  locator: ['count', 'allTextContents', 'allInnerTexts', 'boundingBox', 'ariaSnapshot', 'evaluateAll'],
  context: ['cookies'],
} as const;
const SETTING = ['setDefaultTimeout', 'setDefaultNavigationTimeout', 'setExtraHTTPHeaders'] as const;

/**
 * What a script may call. Nothing here reads or writes a file of the machine, and a call that is not here does not
 * exist for a script: the list is asked by name, on both sides of the pipe.
 */
export const CALLS = {
  page: [
    'goto',
    'reload',
    'goBack',
    'goForward',
    'click',
    'dblclick',
    'fill',
    'type',
    'press',
    'check',
    'uncheck',
    'setChecked',
    'selectOption',
    'hover',
    'tap',
    'focus',
    'dispatchEvent',
    'dragAndDrop',
    'waitForLoadState',
    'waitForURL',
    'waitForSelector',
    'waitForTimeout',
    'waitForFunction',
    'waitForResponse',
    'waitForRequest',
    'waitForEvent',
    'setContent',
    ...LOOKING.element,
    ...LOOKING.page,
    ...SETTING,
    'setViewportSize',
    'emulateMedia',
    'bringToFront',
    'close',
  ],
  locator: [
    'click',
    'dblclick',
    'fill',
    'type',
    'press',
    'pressSequentially',
    'clear',
    'check',
    'uncheck',
    'setChecked',
    'selectOption',
    'selectText',
    'hover',
    'tap',
    'focus',
    'blur',
    'dispatchEvent',
    'dragTo',
    'scrollIntoViewIfNeeded',
    'waitFor',
    ...LOOKING.element,
    ...LOOKING.locator,
  ],
  keyboard: ['press', 'type', 'down', 'up', 'insertText'],
  mouse: ['click', 'dblclick', 'move', 'down', 'up', 'wheel'],
  context: ['addCookies', ...LOOKING.context, 'clearCookies', 'setExtraHTTPHeaders', 'newPage', 'waitForEvent'],
  dialog: ['accept', 'dismiss'],
} as const;

/** What makes a locator out of a page, a frame or another locator. */
export const LOCATOR_MAKERS = [
  'locator',
  'frameLocator',
  'contentFrame',
  'getByRole',
  'getByText',
  'getByLabel',
  'getByPlaceholder',
  'getByAltText',
  'getByTitle',
  'getByTestId',
  'filter',
  'first',
  'last',
  'nth',
  'and',
  'or',
] as const;

/** Events that somebody may wait for. */
export const WAITED_EVENTS = ['popup', 'page', 'load', 'domcontentloaded', 'close'] as const;

/** Calls that get a function, which runs in the page and nowhere else. */
export const IN_PAGE = new Set(['evaluate', 'evaluateAll', 'waitForFunction']);

/** Calls that only look: outside of a step they are no step of their own. */
export const LOOKS = new Set<string>([
  ...LOOKING.element,
  ...LOOKING.page,
  ...LOOKING.locator,
  ...LOOKING.context,
  ...SETTING,
]);

/** What a new context may be told by `test.use`. */
export const CONTEXT_OPTIONS = [
  'baseURL',
  'colorScheme',
  'deviceScaleFactor',
  'extraHTTPHeaders',
  'hasTouch',
  'httpCredentials',
  'isMobile',
  'javaScriptEnabled',
  'locale',
  'reducedMotion',
  'timezoneId',
  'userAgent',
  'viewport',
] as const;

/** What `expect` knows of a page and of a locator. */
export const PAGE_MATCHERS = ['toHaveTitle', 'toHaveURL'] as const;
export const LOCATOR_MATCHERS = [
  'toBeVisible',
  'toBeHidden',
  'toBeAttached',
  'toBeEnabled',
  'toBeDisabled',
  'toBeChecked',
  'toBeEditable',
  'toBeEmpty',
  'toBeFocused',
  'toHaveText',
  'toContainText',
  'toHaveValue',
  'toHaveCount',
  'toHaveAttribute',
  'toHaveClass',
  'toHaveId',
] as const;
export type Matcher = (typeof PAGE_MATCHERS)[number] | (typeof LOCATOR_MATCHERS)[number];
