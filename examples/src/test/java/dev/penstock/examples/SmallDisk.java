package dev.penstock.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A file system of a few megabytes, in memory. Only root can mount one; for others the test is
/// skipped.
record SmallDisk(Path directory) implements AutoCloseable {

  /// @param size as `mount` takes it: `3m`
  static SmallDisk mount(Path directory, String size) throws Exception {
    Files.createDirectory(directory);
    List<String> mount =
        List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
    boolean mounted;
    try {
      mounted = new ProcessBuilder(mount).start().waitFor() == 0;
    } catch (IOException e) {
      mounted = false;
    }
    if (!mounted) {
      Skip.because("a full disk: this user cannot mount a small one");
    }
    return new SmallDisk(directory);
  }

  void copyTo(Path to) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Override
  public void close() throws Exception {
    new ProcessBuilder("umount", "--lazy", directory.toString()).start().waitFor();
  }
}
