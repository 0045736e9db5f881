// Somebody signed in. The tokens live in this page's memory and nowhere else: no script that comes later, in another tab or
// on another day, finds them. The price is that a new page asks for the password again.

import { call } from "./api.js";

let session = null;
let refreshing = null;

export const user = () => session?.user ?? null;

export async function signIn(email, password) {
  session = await call("/api/auth/login", { method: "POST", body: JSON.stringify({ email, password }) });
}

export async function register(fields) {
  session = await call("/api/auth/register", { method: "POST", body: JSON.stringify(fields) });
}

export async function signOut() {
  const body = JSON.stringify({ refresh_token: session?.refresh_token });
  session = null;
  await call("/api/auth/logout", { method: "POST", body });
}

/**
 * A call as the one who is signed in. An access token that has run out is renewed once, and by one call alone: a refresh
 * token that is used twice ends the session, because it might have been stolen.
 */
export async function asUser(path, options = {}) {
  if (!session) return call(path, options);
  const { token } = session;
  try {
    return await call(path, { ...options, token });
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    if (session?.token === token) {
      refreshing ??= refresh().finally(() => { refreshing = null; });
      await refreshing;
    }
    return call(path, { ...options, token: session?.token });
  }
}

async function refresh() {
  const body = JSON.stringify({ refresh_token: session.refresh_token });
  try {
    session = await call("/api/auth/refresh", { method: "POST", body });
  } catch (problem) {
    if (problem.status === 401) session = null;
    throw problem;
  }
}
