package dev.penstock.flow.code;

import java.io.IOException;
import java.nio.file.Path;

/// Where the files go that tasks hand on, so that another machine can read them.
public interface FileStore {
  /// Keeps a file.
  ///
  /// @return what it is called from now on; the same for the same contents
  String put(Path file) throws IOException;

  /// A file with the contents that were kept.
  Path get(String reference) throws IOException;
}
