package dev.penstock.flow.remote;

import dev.penstock.flow.code.FileStore;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.ResultParts;
import dev.penstock.flow.store.StoreUnavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/// Files that tasks hand on by way of a server. Each is kept on this machine, too, so that it goes
/// over the network once. Safe for use by several threads and processes.
final class RemoteFiles implements FileStore {
  /// So often in a row nothing may come of a part that was sent.
  private static final int ATTEMPTS = 5;

  private final ServerCalls server;
  private final ResultFiles here;
  private final ResultParts parts;

  RemoteFiles(ServerCalls server, ResultFiles here) {
    this.server = server;
    this.here = here;
    this.parts = new ResultParts(here);
  }

  @Override
  public String put(Path file) throws IOException {
    String reference = here.put(file);
    try (FileChannel in = FileChannel.open(here.get(reference))) {
      long of = in.size();
      long at = 0;
      int vain = 0;
      do {
        long next = server.putPart(reference, at, of, part(in, at, of));
        vain = next > at ? 0 : vain + 1;
        if (vain == ATTEMPTS) {
          throw new StoreUnavailable("the server does not keep what it gets of the file " + file);
        }
        at = next;
      } while (at < of);
    }
    return reference;
  }

  private static byte[] part(FileChannel in, long at, long of) throws IOException {
    ByteBuffer part = ByteBuffer.allocate((int) Math.min(ResultParts.MOST, of - at));
    while (part.hasRemaining() && in.read(part, at + part.position()) >= 0) {
      // until it is full
    }
    return Arrays.copyOf(part.array(), part.position());
  }

  @Override
  public Path get(String reference) throws IOException {
    for (long at = 0; here.find(reference).isEmpty(); ) {
      ResultParts.Part part = server.getPart(reference, at);
      at = parts.write(reference, at, part.of(), part.bytes());
    }
    return here.get(reference);
  }
}
