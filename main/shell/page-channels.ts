/** The two channels between shell and page. Which call or event it is stands in the first argument. */
export const CALL_CHANNEL = 'endymail:call';
export const EVENT_CHANNEL = 'endymail:event';
