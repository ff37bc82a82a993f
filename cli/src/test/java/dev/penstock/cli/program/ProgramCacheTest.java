package dev.penstock.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCacheTest {
  @TempDir private Path directory;

  private final SourceFile source = new SourceFile(Path.of("a.java"), "void main() {}");
  private final CompiledProgram program =
      new CompiledProgram(
          List.of("a"), List.of("a$P"), true, List.of("w"), Map.of("a", new byte[] {1, 2, 3}));
  private Path jar;
  private Path kept;

  @BeforeEach
  void setUp() throws IOException {
    jar = Files.writeString(directory.resolve("lib.jar"), "jar");
    kept = directory.resolve("cache");
  }

  private ProgramCache cache() {
    return new ProgramCache(kept, jar.toString());
  }

  @Test
  void whatWasKeptIsFound() throws IOException {
    assertThat(cache().find(source)).isEmpty();
    cache().keep(source, program);
    CompiledProgram found = cache().find(source).orElseThrow();
    assertThat(found.topLevel()).isEqualTo(program.topLevel());
    assertThat(found.parameters()).isEqualTo(program.parameters());
    assertThat(found.classes()).containsOnlyKeys("a");
    assertThat(found.classes().get("a")).containsExactly(1, 2, 3);
  }

  @Test
  void anotherSourceOrClassPathIsNotFound() throws IOException {
    cache().keep(source, program);
    assertThat(cache().find(new SourceFile(source.path(), source.text() + " "))).isEmpty();
    assertThat(cache().find(new SourceFile(Path.of("b.java"), source.text()))).isEmpty();
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1));
    assertThat(cache().find(source)).isEmpty();
  }

  @Test
  void aFileCutShortIsAsIfItWereNotThere() throws IOException {
    cache().keep(source, program);
    try (Stream<Path> files = Files.list(kept)) {
      Path file = files.findFirst().orElseThrow();
      Files.write(file, new byte[] {0, 0, 0, 9, 0});
    }
    assertThat(cache().find(source)).isEmpty();
  }

  @Test
  void theOldestGoWhenThereAreMany() throws IOException {
    for (int i = 0; i < 201; i++) {
      SourceFile numbered = new SourceFile(Path.of("n" + i + ".java"), "");
      cache().keep(numbered, program);
    }
    try (Stream<Path> files = Files.list(kept)) {
      assertThat(files.count()).isEqualTo(101);
    }
  }
}
