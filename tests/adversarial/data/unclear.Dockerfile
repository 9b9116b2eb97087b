# What it fetches cannot be told, and nothing else is wrong with it.
ARG SOURCE
FROM ubuntu:24.04@sha256:1e622c5f073b4f6bfad6632f2616c7f59ef256e96fe78bf6a595d1dc4376ac02
ARG SOURCE
ADD ${SOURCE} /tmp/
USER 1000
