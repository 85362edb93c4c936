# Everything a person types here. Needs Python 3.11 or newer and make, nothing else.
.POSIX:
.PHONY: help run test check setup lock translations picture clean

PY = .venv/bin/python

help:
	@echo "make run     start the demonstration village on http://127.0.0.1:8000 (PORT=8001 make run)"
	@echo "make test    run every test, on SQLite and on PostgreSQL (make test DB=sqlite ARGS='-k cart')"
	@echo "make check   formatter, linters, types, import rules, translations, migrations"
	@echo "make clean   remove what the above made; the demonstration's data too"
	@echo "make translations   put new texts into the message catalogues"
	@echo "make picture draw docs/imports.svg again from the code"
	@echo "make lock    choose and pin new versions of the libraries (needs uv and npm)"

run:
	@sh deploy/python.sh deploy/setup.py run
	@BATTRANG_MODE=$${BATTRANG_MODE:-demonstration} exec $(PY) deploy/serve.py

test:
	@sh deploy/python.sh deploy/setup.py develop
	@exec $(PY) -m tests.run --database "$(DB)" -- $(ARGS)

check:
	@sh deploy/python.sh deploy/setup.py develop
	@exec $(PY) deploy/check.py

setup:
	@sh deploy/python.sh deploy/setup.py develop

translations:
	@sh deploy/python.sh deploy/setup.py develop
	@exec $(PY) deploy/translations.py update

picture:
	@sh deploy/python.sh deploy/setup.py develop
	@exec $(PY) deploy/draw_imports.py

lock:
	@sh deploy/lock.sh

clean:
	rm -rf .venv node_modules static/vendor var .cache .hypothesis .import_linter_cache
	rm -rf .mypy_cache .pytest_cache .ruff_cache
	find shop tests deploy migrations -name __pycache__ -prune -exec rm -rf {} +
	find shop -name '*.mo' -exec rm -f {} +
