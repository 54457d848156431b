# Python 3.11 or newer and make are all that must be there; everything else is installed into .venv.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
UV := uv==0.13.9

# Another Python's settings, such as those of somebody's active environment, must not reach ours.
unexport PYTHONHOME PYTHONPATH PIP_PREFIX PIP_TARGET
# Without bytecode every process that a test starts would compile sitegen again, which takes half of its time.
unexport PYTHONDONTWRITEBYTECODE
export PIP_USER := 0

# An editable install points to its checkout, so a moved or copied one has other stamps.
place := $(shell pwd | cksum | cut -d ' ' -f 1)
site-ready := $(VENV)/.site-ready-$(place)
test-ready := $(VENV)/.test-ready-$(place)
browser-tried := $(VENV)/.browser-tried

# An environment whose Python was upgraded away, or is too old, is made afresh.
usable := $(shell $(VENV)/bin/python -c 'import pip, sys; print(sys.version_info >= (3, 11))' 2>/dev/null)
ifneq ($(usable),True)
venv := new-venv
endif

.PHONY: help
help:
	@echo 'make site      build content/ into output/'
	@echo 'make serve     see the site while you write'
	@echo 'make test      run all tests; a part of them: make test ARGS="tests/planning -k pager"'
	@echo 'make stress    the tests that take long, such as a build killed at every call'
	@echo 'make audit     Lighthouse, vnu, stylelint, every state in every viewport (needs Node, Java, Chromium)'
	@echo 'make check     formatting, lint, types, floors; one of them: make format-check lint types floors'
	@echo 'make format    format the code and mend what ruff can mend'
	@echo 'make lock      renew all locked versions; only what pyproject.toml asks for: make lock UPGRADE='
	@echo 'make clean     remove what was built, and caches; .venv stays'
	@echo
	@echo 'Another Python than python3: make site PYTHON=python3.12'

.PHONY: site serve
site: $(site-ready)
	@$(RUN) sitegen build --strict
	@echo
	@echo 'Your site is in output/ (its front page: output/index.html).'
	@echo 'To look at it as readers will see it: make serve'

serve: $(site-ready)
	@$(RUN) sitegen serve

# A part of the tests says nothing about coverage. Nothing is printed after pytest: when browser tests were skipped,
# its last line says why. Chunks of 100, so that no worker is given all that is slow at once and works on when others rest.
.PHONY: test
test: $(test-ready) browser
	@$(RUN) pytest --quiet --numprocesses auto --maxschedchunk 100 $(if $(ARGS),$(ARGS),--cov)

# What the tests try in part, in full: a thousand histories of edits, a build killed at every call. It takes an hour.
.PHONY: stress
stress: $(test-ready)
	@$(RUN) pytest --quiet --numprocesses auto -m stress $(ARGS)

# What the tests of the newspaper theme cannot do with Chromium and Python alone, or do not do in full.
.PHONY: audit
audit: $(test-ready) browser
	@$(RUN) pytest --quiet --numprocesses auto -m stress tests/browser
	@$(VENV)/bin/python benchmarks/audit.py

.PHONY: check format-check lint types floors format
check: format-check lint types floors

format-check: $(test-ready)
	@$(RUN) ruff format --check .

lint: $(test-ready)
	@$(RUN) ruff check .

types: $(test-ready)
	@$(RUN) mypy

floors: $(test-ready)
	@$(VENV)/bin/python -c 'from importlinter.cli import lint_imports_command as main; main()' --no-logo

format: $(test-ready)
	@$(RUN) ruff format .
	@$(RUN) ruff check --fix .

# Hashes are checked, and nothing is built by a tool that no lock names: pip's isolated builds would fetch one. A lock is
# whole, so pip resolves nothing (it would let in, or stumble over, what was released after it) and checks it in the end.
pip := $(RUN) pip --disable-pip-version-check --no-input --quiet
pip-install := $(pip) install --no-deps --no-build-isolation
define install
@echo 'Installing $(1) into $(VENV)'
@$(pip-install) --require-hashes --requirement requirements-build.lock
@$(pip-install) --require-hashes --requirement $(1)
@$(pip-install) --editable .
@$(pip) check
endef

$(site-ready): pyproject.toml requirements-build.lock requirements.lock $(venv)
	$(call install,requirements.lock)
	@touch $@

# requirements-test.lock has everything of requirements.lock in it.
$(test-ready): pyproject.toml requirements-build.lock requirements.lock requirements-test.lock $(venv)
	$(call install,requirements-test.lock)
	@touch $(site-ready) $@

.PHONY: python new-venv
python:
	@command -v '$(PYTHON)' >/dev/null || { \
		echo 'There is no $(PYTHON) on PATH. Install Python 3.11 or newer, or name yours: make PYTHON=/path/to/python' >&2; \
		exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "sitegen needs Python 3.11 or newer; $(PYTHON) is $$('$(PYTHON)' --version 2>&1)." >&2; \
		echo 'Name a newer one: make PYTHON=/path/to/python' >&2; \
		exit 1; }

new-venv: python
	@'$(PYTHON)' -m venv --clear $(VENV) || { \
		rm -rf $(VENV); \
		echo >&2; \
		echo '$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu the package python3-venv is missing:' >&2; \
		echo '    apt-get install python3-venv' >&2; \
		exit 1; }

# Chromium comes from the system and is tried for once; without it the tests that need it are skipped and say so.
.PHONY: browser
browser: $(test-ready)
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
		command -v $$name >/dev/null && exit 0; \
	done; \
	[ -e $(browser-tried) ] && exit 0; \
	touch $(browser-tried); \
	command -v apt-get >/dev/null || exit 0; \
	if [ "$$(id -u)" = 0 ]; then as_root=; \
	elif sudo -n true 2>/dev/null; then as_root='sudo -n'; \
	else exit 0; fi; \
	echo 'Installing Chromium for the browser tests (Debian packages chromium, fonts-liberation)'; \
	$$as_root apt-get -qq update && \
	$$as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -qq install --yes --no-install-recommends chromium fonts-liberation >/dev/null || \
	echo 'Chromium could not be installed; to try again: rm $(browser-tried)'

# One resolution for every Python from 3.11.0 and every system; the test lock keeps to the versions of the other.
UPGRADE ?= --upgrade
compile := .venv-lock/bin/uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' $(UPGRADE)
.PHONY: lock
lock: python
	@[ -x .venv-lock/bin/python ] || '$(PYTHON)' -m venv .venv-lock
	@.venv-lock/bin/python -m pip --disable-pip-version-check --no-input --quiet install $(UV)
	@$(compile) --group build --output-file requirements-build.lock
	@$(compile) pyproject.toml --constraints requirements-build.lock --output-file requirements.lock
	@$(compile) pyproject.toml --extra test --extra dev --constraints requirements-build.lock \
		--constraints requirements.lock --output-file requirements-test.lock
	@! grep -n -e '://' -e '$(CURDIR)' requirements*.lock || { \
		echo 'A lock names a host or a path of this machine.' >&2; exit 1; }

# output/ may be what a host publishes from: its .git and the like are not ours.
.PHONY: clean
clean:
	@find output -mindepth 1 -maxdepth 1 ! -name '.*' ! -name CNAME -exec rm -rf {} +
	@rm -rf output/.sitegen .sitegen .output.sitegen dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache .venv-lock
	@find sitegen tests -name __pycache__ -type d -exec rm -rf {} +
