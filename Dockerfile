# syntax=docker/dockerfile:1

# Waymark as one static binary on an empty image. The build runs on the builder's own platform and cross-compiles;
# nothing needs a C compiler.
FROM --platform=$BUILDPLATFORM golang:1.26.8-alpine AS build
WORKDIR /src

# The modules first: they change less often than the code.
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download

COPY . .
ARG TARGETOS
ARG TARGETARCH
ARG VERSION=dev
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$VERSION" \
    -o /out/waymark ./cmd/waymark

# A named volume takes over the owner of the folder that it is mounted on, so the folder must be in the image.
RUN mkdir -p /out/data /out/tmp && chmod 1777 /out/tmp

FROM scratch
ARG VERSION=dev
ARG REVISION=
LABEL org.opencontainers.image.title="Waymark" \
      org.opencontainers.image.description="Keeps the links of curated lists healthy" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION

COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/tmp /tmp
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build /out/waymark /waymark

# By number, as an empty image knows no names.
USER 65532:65532
WORKDIR /data
VOLUME /data
ENV WAYMARK_LISTEN=0.0.0.0:8080 \
    WAYMARK_DATABASE=/data/waymark.db
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["/waymark", "healthcheck"]
ENTRYPOINT ["/waymark"]
CMD ["serve"]
