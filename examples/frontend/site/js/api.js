// Calls of the donation server's REST API.

import { API } from "/config.js";
import { language, text } from "./texts.js";

/** A call that did not succeed: `status` 0 if no answer came, else the answer's, with what its problem+json says. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body?.detail || `no usable answer (${status})`);
    this.status = status;
    this.code = body?.code || "";
    this.detail = body?.detail || "";
    this.errors = body?.errors || [];
    this.retryAfter = retryAfter;
  }

  /** The server has decided: the same request again would be answered the same. */
  get isFinal() {
    return this.status >= 400 && this.status < 500 && ![408, 429].includes(this.status) && this.code !== "idempotency_in_progress";
  }
}

/** One call. Answers the JSON, a `Blob` with `as: "blob"`, or `null` for an empty answer. */
export async function call(path, { method = "GET", body, key, token, as = "json" } = {}) {
  const headers = { "Accept-Language": language() };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  if (token) headers.Authorization = `Bearer ${token}`;
  let answer;
  let content = null;
  try {
    const signal = AbortSignal.timeout(40_000);
    answer = await fetch(API + path, { method, headers, body, signal, credentials: "omit", cache: "no-store" });
    if (answer.status !== 204) content = answer.ok && as === "blob" ? await answer.blob() : await answer.json().catch(() => null);
  } catch {
    throw new Problem(0);
  }
  if (!answer.ok) throw new Problem(answer.status, content, Number(answer.headers.get("Retry-After")) || null);
  return content;
}

/** A new key for `Idempotency-Key`. (`crypto.randomUUID` is missing on pages without HTTPS.) */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** A POST that may be repeated; while the first one still runs, its answer is waited for. */
async function postOnce(send, path, options) {
  for (let left = 20; ; left -= 1) {
    try {
      return await send(path, { method: "POST", ...options });
    } catch (problem) {
      if (problem.code !== "idempotency_in_progress" || left === 0) throw problem;
      await pause((problem.retryAfter || 1) * 1000);
    }
  }
}

/**
 * Starts payments. The key of one lives until the server has answered, so that a repeat after a lost answer finds what the
 * first one did; another donation, and a later payment of the same one after a decline, have keys of their own.
 */
export function payer(path, send = call) {
  const keys = new Map();
  return async (id) => {
    if (!keys.has(id)) keys.set(id, newKey());
    try {
      const started = await postOnce(send, `${path}/${encodeURIComponent(id)}/payment`, { key: keys.get(id) });
      keys.delete(id);
      return started;
    } catch (problem) {
      if (problem.isFinal) keys.delete(id);
      throw problem;
    }
  };
}

/**
 * Records a donation and starts its payment. Sent again with the same wish (the donor presses the button once more after a
 * failure), it goes on where it stopped: nobody gives twice.
 */
export function giver(path, send = call) {
  const pay = payer(path, send);
  let attempt = null;
  return async (wish) => {
    const body = JSON.stringify(wish);
    if (attempt?.body !== body) attempt = { body, key: newKey(), id: null };
    try {
      attempt.id ??= (await postOnce(send, path, { body, key: attempt.key })).id;
      return await pay(attempt.id);
    } catch (problem) {
      if (problem.isFinal) attempt = null;
      throw problem;
    }
  };
}

/** On to the payment page; only an address of the web is followed. */
export function goTo(checkout) {
  const url = new URL(checkout);
  if (!["https:", "http:"].includes(url.protocol)) throw new Problem(502, { detail: text("fault") });
  location.assign(url.href);
}
