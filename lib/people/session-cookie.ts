/** Part of the session cookie's name; over https it has a prefix. */
export const SESSION_COOKIE = "tidemark.session_token=";
