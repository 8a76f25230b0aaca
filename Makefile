# Each target is one line or one script in scripts/. CONTRIBUTING.md says when to use which.
.PHONY: help demo demo-reset test test-fast lint format bench messages guide lock assets

# Handed to the scripts. A recipe of one plain command is run without a shell in between, so that a
# TERM to make reaches the script.
export PORT

help:        ## this list
	@sed -nE 's/^([a-z-]+): +## (.*)/make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "%-16s %s\n", $$1, $$2 }'

demo:        ## the application with the Bergamo plan, on http://127.0.0.1:8000/ (PORT= changes it)
	@scripts/demo.sh

demo-reset:  ## the same, from the beginning
	@scripts/demo.sh --reset

test:        ## everything: lint, types, the suite on SQLite and PostgreSQL, browser, coverage
	@scripts/test.sh

test-fast:   ## the inner loop: lint and the quick tests on SQLite
	@scripts/test.sh fast

lint:        ## everything that can be known without running a test
	@scripts/setup.sh dev && scripts/lint.sh

format:      ## writes Python the way lint wants them
	@.venv/bin/ruff check --fix-only --quiet . ; .venv/bin/ruff format .

bench:       ## the figures the project promises
	@scripts/setup.sh dev && .venv/bin/python scripts/bench.py

messages:    ## collects and compiles the Italian messages
	@scripts/setup.sh dev && scripts/messages.sh

guide:       ## the pictures of the user guide, from a running demo (BASE= names its address)
	@scripts/setup.sh dev && .venv/bin/python scripts/guide.py $(BASE)

lock:        ## writes the locks anew (ARGS=--upgrade takes the newest versions)
	@scripts/setup.sh dev && scripts/lock.sh $(ARGS)

assets:      ## the third-party front-end files, from npm into .assets/
	@scripts/setup.sh runtime
