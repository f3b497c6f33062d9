/** Nothing to start. Without a file of its own, Next would run the one of the application around it. */
export function register(): void {}
