# The pipeline that adds up room counts, in a container of its own. The image `penstock` is that of deploy/Dockerfile.
#
#   docker build -f examples/rooms/reckoning.Dockerfile -t rooms-reckoning examples/rooms

FROM penstock
COPY reckoning.java specs.yaml /opt/rooms/
ENV PENSTOCK_ENV=docker
CMD ["run", "/opt/rooms/reckoning.java"]
