# Stage 1 builds the server, takes it apart into layers and drops RocksDB's natives for other systems.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY mvnw pom.xml LICENSE NOTICE ./
COPY .mvn .mvn
RUN ./mvnw -B -ntp -q dependency:go-offline
COPY src src
RUN ./mvnw -B -ntp -q package -DskipTests \
 && java -Djarmode=tools -jar target/strandline.jar extract --layers --destination /layers
RUN set -eu; \
    case "$(uname -m)" in aarch64) keep=linux-aarch64;; *) keep=linux64;; esac; \
    jar="$(ls /layers/dependencies/lib/rocksdbjni-*.jar)"; \
    mkdir /rocksdb; cd /rocksdb; jar -xf "$jar"; \
    find . -maxdepth 1 -name 'librocksdbjni-*' ! -name "librocksdbjni-$keep.so" -delete; \
    jar -cMf "$jar" .

# Stage 2 runs it on a JRE alone, as a user of its own, with a cache of loaded classes trained on this very image.
FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Strandline" \
      org.opencontainers.image.description="Version control for streaming state" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin strandline \
 && mkdir -p /app /data && chown strandline /app /data
USER strandline
WORKDIR /app
COPY --from=build --chown=strandline /layers/dependencies/ ./
COPY --from=build --chown=strandline /layers/spring-boot-loader/ ./
COPY --from=build --chown=strandline /layers/snapshot-dependencies/ ./
COPY --from=build --chown=strandline /layers/application/ ./
RUN java -XX:AOTCacheOutput=strandline.aot --enable-native-access=ALL-UNNAMED -Dspring.context.exit=onRefresh \
      -jar strandline.jar --strandline.data-dir=/tmp/training \
 && rm -rf /tmp/training

# The server listens on every address of the container, so it refuses to start unless callers have to say who they are
# (docs/security.md says how to give it less still):
#   docker run -e STRANDLINE_SECURITY_AUTHENTICATION=API_KEY -p 127.0.0.1:8080:8080 -v strandline:/data strandline
#   docker exec … cat /data/first-admin-key
# or STRANDLINE_SECURITY_ALLOW_UNAUTHENTICATED=true says that only trusted clients reach the port.
ENV SERVER_ADDRESS=0.0.0.0 \
    STRANDLINE_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q '\"status\":\"UP\"' <&3"]
ENTRYPOINT ["java", "-XX:AOTCache=strandline.aot", "--enable-native-access=ALL-UNNAMED", "-XX:+UseTransparentHugePages", \
  "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=50", "-jar", "strandline.jar"]
