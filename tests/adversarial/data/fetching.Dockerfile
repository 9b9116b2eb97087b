# One download of each kind; the last may be one or not.
ARG SOURCE
FROM ubuntu:24.04@sha256:1e622c5f073b4f6bfad6632f2616c7f59ef256e96fe78bf6a595d1dc4376ac02
ARG SOURCE
ADD https://example.com/tool.tar.gz /tmp/
RUN curl -fsSL https://example.com/install.sh | sh
RUN wget https://example.com/tool.zip
ADD ${SOURCE} /tmp/
