#!/bin/sh
# Runs a script under the newest Python that the locked libraries were tried with.
# PYTHON names another one.
whole='import sys, ensurepip, sqlite3, ssl, venv; sys.exit(sys.version_info < (3, 11))'
recent='import sys; sys.exit(sys.version_info < (3, 11))'

for wanted in "$whole" "$recent"; do
    for python in ${PYTHON:+"$PYTHON"} python3.13 python3.12 python3.11 python3 python3.14 python; do
        if "$python" -c "$wanted" >/dev/null 2>&1; then
            exec "$python" "$@"
        fi
    done
done

echo "Python 3.11 or newer is needed, and none was found." >&2
echo "Debian, Ubuntu: apt-get install python3 python3-venv.  macOS: brew install python@3.13." >&2
echo "If it is somewhere unusual: PYTHON=/its/place/python3 make ..." >&2
exit 1
