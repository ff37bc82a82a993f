package dev.penstock.flow.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Which span of which trace: it follows from the run and the call alone, so that processes which
/// take a run over tell parts of one trace.
///
/// @param run the id of the flow run
/// @param generation of the flow run: each is a trace of its own
/// @param path of the task run; empty for the flow run itself
public record SpanPlace(String run, int generation, String path) {
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  /// The span around this one, in the same trace; the flow run is around itself.
  SpanPlace around() {
    return new SpanPlace(run, generation, path.substring(0, Math.max(0, path.lastIndexOf('/'))));
  }

  String trace() {
    return hash(run + "/" + generation, TRACE_BYTES);
  }

  String span() {
    return hash(run + "/" + generation + "/" + path, SPAN_BYTES);
  }

  private static String hash(String text, int bytes) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
