package dev.penstock.flow.store;

import dev.penstock.data.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// The native library of SQLite, kept in Penstock's home once that is there. Without it the driver
/// unpacks the library anew in each process, and starts another process to ask what system this is:
/// a good part of a short command's time.
final class SqliteLibrary {
  /// Where the driver looks first.
  private static final String DIRECTORY = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /// Tells the driver where it is; to be called before its first connection. Where it cannot be
  /// kept, or loaded from there, the driver does as it always does.
  static synchronized void use() {
    if (System.getProperty(DIRECTORY) != null || !Files.isDirectory(Home.directory())) {
      return;
    }
    Path directory =
        Home.directory()
            .resolve("native")
            .resolve(
                "sqlite-%s-%s-%s"
                    .formatted(
                        SQLiteJDBCLoader.getVersion(),
                        System.getProperty("os.name").replace(' ', '-'),
                        System.getProperty("os.arch")));
    Path library = directory.resolve(LibraryLoaderUtil.getNativeLibName());
    try {
      if (Files.exists(library) || unpack(library)) {
        System.setProperty(DIRECTORY, directory.toAbsolutePath().toString());
      }
    } catch (IOException e) {
      // a home that cannot be written to
    }
  }

  private static boolean unpack(Path library) throws IOException {
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + library.getFileName();
    try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (packed == null) {
        return false;
      }
      Files.createDirectories(library.getParent());
      Path part = Files.createTempFile(library.getParent(), "unpacking", null);
      try {
        Files.copy(packed, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      return true;
    }
  }
}
