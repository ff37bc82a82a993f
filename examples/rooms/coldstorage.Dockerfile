# The pipeline that stores room counts, in a container of its own. The image `penstock` is that of deploy/Dockerfile.
#
#   docker build -f examples/rooms/coldstorage.Dockerfile -t rooms-coldstorage examples/rooms

FROM penstock
COPY coldstorage.java specs.yaml /opt/rooms/
ENV PENSTOCK_ENV=docker
CMD ["run", "/opt/rooms/coldstorage.java"]
