/** The token in the page's address, which is taken out of it, so that it stays neither in the history nor on the screen. */
export function takeToken() {
  const url = new URL(location.href);
  const token = url.searchParams.get("token");
  url.searchParams.delete("token");
  history.replaceState(null, "", url);
  return token;
}
