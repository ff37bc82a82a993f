package dev.penstock.cli.report;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A terminal whose last lines are drawn again and again, while everything else that is printed
/// scrolls by above them. Safe for use by several threads.
public final class Screen {
  private static final String ERASE_BELOW = "\033[J";
  private static final String UP = "\033[%dA";
  private static final String NO_WRAP = "\033[?7l";
  private static final String WRAP = "\033[?7h";

  private final PrintStream terminal;
  private final int width;
  private int drawn;
  private boolean lineBegun;

  Screen(PrintStream terminal, int width) {
    this.terminal = terminal;
    this.width = width;
  }

  /// The terminal that standard error is, if it is one. The launcher tells by the system property
  /// `penstock.terminal`, `24x80`, since only a shell finds out for free.
  ///
  /// From now on standard output and error are printed through the screen.
  public static Optional<Screen> ofProcess() {
    String size = System.getProperty("penstock.terminal");
    if (size == null) {
      return Optional.empty();
    }
    Screen screen = new Screen(System.err, width(size));
    System.setOut(screen.above(System.out));
    System.setErr(screen.above(System.err));
    return Optional.of(screen);
  }

  private static int width(String size) {
    int unknown = 80;
    try {
      int width = Integer.parseInt(size.substring(size.indexOf('x') + 1));
      return width > 0 ? width : unknown;
    } catch (NumberFormatException e) {
      return unknown;
    }
  }

  int width() {
    return width;
  }

  /// Shows these lines in the place of those drawn before; leaves everything as it is while someone
  /// is in the middle of printing a line.
  synchronized void draw(List<String> lines) {
    if (lineBegun) {
      return;
    }
    StringBuilder text = new StringBuilder(erasing());
    text.append(NO_WRAP);
    lines.forEach(line -> text.append(Figures.shortened(line, width)).append('\n'));
    text.append(WRAP);
    terminal.print(text);
    terminal.flush();
    drawn = lines.size();
  }

  /// Takes the drawn lines away.
  synchronized void erase() {
    terminal.print(erasing());
    terminal.flush();
    drawn = 0;
  }

  private String erasing() {
    return drawn == 0 ? "" : UP.formatted(drawn) + "\r" + ERASE_BELOW;
  }

  PrintStream above(PrintStream stream) {
    return new PrintStream(new Above(stream), true, StandardCharsets.UTF_8);
  }

  /// A stream that takes the drawn lines away before it prints.
  private final class Above extends FilterOutputStream {
    Above(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return;
      }
      synchronized (Screen.this) {
        if (drawn > 0) {
          erase();
        }
        out.write(bytes, offset, length);
        lineBegun = bytes[offset + length - 1] != '\n';
      }
    }
  }
}
