package dev.penstock.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Screen screen = new Screen(terminal, 12);

  private String shown() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text.replace("\033[?7l", "").replace("\033[?7h", "").replace("\033", "ESC");
  }

  @Test
  void linesAreDrawnOverThoseBefore() {
    screen.draw(List.of("a", "b"));
    assertThat(shown()).isEqualTo("a\nb\n");
    screen.draw(List.of("c"));
    assertThat(shown()).isEqualTo("ESC[2A\rESC[Jc\n");
    screen.erase();
    assertThat(shown()).isEqualTo("ESC[1A\rESC[J");
    screen.erase();
    assertThat(shown()).isEmpty();
  }

  @Test
  void whatIsPrintedScrollsByAboveTheLines() {
    PrintStream out = screen.above(terminal);
    screen.draw(List.of("a"));
    shown();
    out.println("text");
    assertThat(shown()).isEqualTo("ESC[1A\rESC[Jtext\n");
    screen.draw(List.of("a"));
    assertThat(shown()).isEqualTo("a\n");
  }

  @Test
  void aLineThatIsBeingPrintedIsNotDrawnOver() {
    PrintStream out = screen.above(terminal);
    out.print("half");
    screen.draw(List.of("a"));
    assertThat(shown()).isEqualTo("half");
    out.println(" done");
    screen.draw(List.of("a"));
    assertThat(shown()).isEqualTo(" done\na\n");
  }

  @Test
  void longLinesAreShortened() {
    screen.draw(List.of("a line that is too long"));
    assertThat(shown().strip()).isEqualTo("a lin…o long").hasSize(12);
  }
}
