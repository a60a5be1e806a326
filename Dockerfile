# The tag moves with Python's and Debian's security fixes only: rebuild to get them.
FROM python:3.11-slim-bookworm AS dependencies
ENV UV_PYTHON_DOWNLOADS=never \
    UV_LINK_MODE=copy \
    UV_COMPILE_BYTECODE=1
WORKDIR /app
COPY pyproject.toml uv.lock ./
# uv in the version that the lock names; the rest with the hashes of the lock.
RUN pip install --no-cache-dir "uv==$(sed -n '/^name = "uv"$/{n;s/^version = "\(.*\)"$/\1/p}' uv.lock)" \
    && uv sync --frozen --no-dev --no-install-project


FROM dependencies AS application
COPY . .
# The tree is installed in place: templates, static files and catalogues are not in the wheel.
# Production settings ask for four variables; these live for one command and sign nothing.
RUN uv sync --frozen --no-dev \
    && export DJANGO_SETTINGS_MODULE=config.settings.production DATA_DIR=/tmp/build \
       SECRET_KEY=build-only ALLOWED_HOSTS=localhost SITE_URL=http://localhost \
       DATABASE_URL=sqlite:////tmp/build/none.sqlite3 \
    && .venv/bin/python manage.py messages --compile \
    && .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && mv /tmp/build/static /app/static


FROM python:3.11-slim-bookworm
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    DATA_DIR=/data \
    HOME=/tmp \
    BIND=0.0.0.0:8000
# A named volume takes the owner of the folder that it covers.
RUN install --directory --owner=10001 --group=10001 /data
COPY --from=application /app /app
WORKDIR /app
VOLUME /data
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "deploy/health.py"]
# deploy/prepare must have run once for this image: compose.yaml does it in a service of its own.
CMD ["gunicorn", "--config", "site/config/gunicorn.py", "config.wsgi"]
