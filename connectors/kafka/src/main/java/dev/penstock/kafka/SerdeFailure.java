package dev.penstock.kafka;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/// What a serializer or deserializer has thrown: a record is to blame, unless its registry could
/// not be asked. That must not send all that follows to the dead letters.
final class SerdeFailure {
  private SerdeFailure() {}

  /// Returns when the record is to blame.
  ///
  /// @param what did not go, for the message
  /// @throws KafkaFailure when the registry could not be asked
  /// @throws InterruptedException when the run is told to end meanwhile
  static void throwUnlessOfRecord(RuntimeException e, String what) throws InterruptedException {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case InterruptException _, InterruptedException _, ClosedByInterruptException _ -> {
          Thread.interrupted(); // as whoever throws the other one has it
          InterruptedException other = new InterruptedException(e.getMessage());
          other.initCause(e);
          throw other;
        }
        case RetriableException _,
            SocketException _,
            SocketTimeoutException _,
            UnknownHostException _,
            HttpTimeoutException _,
            SSLException _ ->
            throw new KafkaFailure(
                what
                    + ", since the registry of schemas does not answer: "
                    + reason(e)
                    + ". Look at its address, and whether it runs",
                e);
        default -> {}
      }
    }
  }

  /// The message with those of its causes: the first one often says only which schema was meant.
  static String reason(Throwable e) {
    StringBuilder reason = new StringBuilder(message(e));
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      String more = message(cause);
      if (reason.indexOf(more) < 0) {
        reason.append(": ").append(more);
      }
    }
    return reason.toString();
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
