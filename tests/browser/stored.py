"""What a page can keep in a browser by script: asked in the page, and nothing."""

STORED = """async () => ({
  cookie: document.cookie,
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"cookie": "", "local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0}
# The same as one expression, for browsers that are not driven by Playwright.
STORED_NOW = f"({STORED})()"
