# The pipeline that publishes room counts, in a container of its own. The image `penstock` is that of deploy/Dockerfile.
#
#   docker build -f examples/rooms/gendata.Dockerfile -t rooms-gendata examples/rooms

FROM penstock
COPY gendata.java specs.yaml /opt/rooms/
ENV PENSTOCK_ENV=docker
CMD ["run", "/opt/rooms/gendata.java"]
