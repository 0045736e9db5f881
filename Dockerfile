# The donation server with TLS towards PostgreSQL, and Ioka's twin.
#
#     docker build --tag donations .
#
# Not tried yet: no Docker engine was at hand when this was written. If it does not work, please say so in an issue.

# rust-version of Cargo.toml, on the Debian that the second stage runs.
FROM rust:1.95-slim-bookworm AS build
# A C compiler builds SQLite and libpq; OpenSSL's headers are for the feature `postgres-tls`.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends build-essential libssl-dev perl pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked --package http-api --features postgres-tls \
    && cargo build --release --locked --package ioka-simulator

FROM debian:bookworm-slim
# Root certificates for Ioka, OpenSSL for PostgreSQL, curl for the health check below.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl libssl3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin donations \
    && install --directory --owner=donations --group=donations /var/lib/donations /var/lib/donations/data
# Ioka's twin comes along for the sandbox; nothing starts it unless docker-compose.yml does.
COPY --from=build /src/target/release/donations /src/target/release/ioka-simulator /usr/local/bin/

USER donations
# The SQLite file of the default DATABASE_URL lies in `data` here; a config/ folder mounted here is read too.
WORKDIR /var/lib/donations
ENV HOST=0.0.0.0 \
    PORT=5000
EXPOSE 5000
# Ready: the database answers, its schema is current, and the server is not about to stop.
HEALTHCHECK --interval=10s --timeout=5s --start-period=15s --retries=3 \
    CMD curl --fail --silent --output /dev/null "http://127.0.0.1:${PORT}/health/ready"
# SIGTERM, Docker's default, makes it finish what is in flight (30 seconds at most).
ENTRYPOINT ["donations"]
CMD ["serve"]
