# Weir as an image. Built with Maven and JDK 17, run on a JRE 17 by a user without rights; the state is on a volume.
# docker-compose.yml builds and runs it; by hand:
#   docker build -t weir:0.1.0 .
#   docker run --rm weir:0.1.0 run --help

FROM maven:3.9.16-eclipse-temurin-17 AS build
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml ./
COPY schemas schemas
COPY topology topology
COPY app app
# The parent names this module; nothing of it is built.
COPY bench/pom.xml bench/pom.xml
# Maven's repository stays with the builder, so that a second build fetches nothing. Tests are not in the context.
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn -B -ntp -q -pl schemas,topology,app -DskipTests -Dspotless.check.skip package

# glibc, not musl: RocksDB's and the codecs' native libraries are made for it.
FROM eclipse-temurin:17.0.20.1_1-jre-noble
LABEL org.opencontainers.image.title="Weir" \
      org.opencontainers.image.description="Exact, live conversion and ROI figures of an online shop's traffic" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
# A new volume takes over the owner of the folder that it is mounted on. What the health check and the entry point need
# is looked for here, where its absence stops the build.
RUN groupadd --gid 10001 weir \
    && useradd --uid 10001 --gid weir --home-dir /var/lib/weir --no-create-home --shell /usr/sbin/nologin weir \
    && install -d -o weir -g weir -m 0750 /var/lib/weir \
    && command -v curl && command -v flock
COPY LICENSE /opt/weir/LICENSE
COPY --chmod=0755 docker/entrypoint.sh /opt/weir/entrypoint.sh
COPY --from=build /src/app/target/lib /opt/weir/lib
COPY --from=build /src/app/target/weir.cdx.json /opt/weir/weir.cdx.json
COPY --from=build /src/app/target/weir.jar /opt/weir/weir.jar

ENV WEIR_STATE_DIR=/var/lib/weir
WORKDIR /var/lib/weir
VOLUME /var/lib/weir
EXPOSE 8080
USER 10001:10001
STOPSIGNAL SIGTERM
# Live, not ready: an orchestrator that ends what is unhealthy must not end an instance that restores its stores.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD curl -fsSk -o /dev/null --max-time 4 \
        "http${WEIR_HTTP_TLS_KEYSTORE:+s}://127.0.0.1:${WEIR_HTTP_PORT:-8080}/health/live"
ENTRYPOINT ["/opt/weir/entrypoint.sh"]
CMD ["run"]
