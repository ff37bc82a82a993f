package dev.penstock.flow.engine;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What runs print, line by line into their logs, for those that ask for it; the rest of the
/// process prints as before. `System.out` is ours only while there is such a run.
final class Prints extends OutputStream {
  /// Of one that prints without end.
  private static final int LONGEST_LINE = 1 << 20;

  private static final ThreadLocal<ByteArrayOutputStream> LINE =
      ThreadLocal.withInitial(ByteArrayOutputStream::new);

  private static volatile int runs;
  private static @Nullable PrintStream before;
  private static @Nullable PrintStream ours;

  private final PrintStream elsewhere;

  private Prints(PrintStream elsewhere) {
    this.elsewhere = elsewhere;
  }

  /// Ends what [#of] began.
  @FunctionalInterface
  interface Taking extends AutoCloseable {
    @Override
    void close();
  }

  /// Takes what a run prints, if it is to be taken.
  static Taking of(FlowSettings settings) {
    if (!settings.logPrints()) {
      return () -> {};
    }
    begin();
    return Prints::end;
  }

  private static synchronized void begin() {
    runs += 1;
    if (ours == null || System.out != ours) {
      before = System.out;
      ours = new PrintStream(new Prints(System.out), true, StandardCharsets.UTF_8);
      System.setOut(ours);
    }
  }

  private static synchronized void end() {
    runs -= 1;
    if (runs == 0 && System.out == ours && before != null) {
      System.setOut(before);
      ours = null;
    }
  }

  /// Hands on what this thread has printed of a line that it has not ended.
  static void endLine() {
    if (runs == 0) {
      return;
    }
    ByteArrayOutputStream line = LINE.get();
    if (line.size() > 0) {
      Scope.current().log(LogLevel.INFO, taken(line));
    }
    LINE.remove();
  }

  private static String taken(ByteArrayOutputStream line) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    return text;
  }

  private static boolean toRun() {
    return Scope.CURRENT.isBound() && Scope.current().context().program().settings().logPrints();
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (!toRun()) {
      elsewhere.write(bytes, offset, length);
      return;
    }
    List<String> ended = new ArrayList<>();
    ByteArrayOutputStream line = LINE.get();
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        ended.add(taken(line));
      } else if (bytes[i] != '\r') {
        line.write(bytes[i]);
        if (line.size() >= LONGEST_LINE && startsCharacter(bytes, i + 1, offset + length)) {
          ended.add(taken(line));
        }
      }
    }
    ended.forEach(text -> Scope.current().log(LogLevel.INFO, text));
  }

  /// Whether a text may be cut before this byte: it is not the middle of a character.
  private static boolean startsCharacter(byte[] bytes, int i, int end) {
    return i < end && (bytes[i] & 0xC0) != 0x80;
  }

  @Override
  public void flush() {
    if (!toRun()) {
      elsewhere.flush();
    }
  }
}
