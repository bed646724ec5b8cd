"""The reference runtime behind a page: workerd in place of `doris dev`, wrangler in place of `doris d1`."""
