package dev.penstock.flow;

import dev.penstock.flow.code.FileStore;
import dev.penstock.flow.remote.RemoteStore;
import dev.penstock.flow.store.ResultFiles;
import java.nio.file.Path;

/// Where files that tasks return are kept, for codecs.
final class Results {
  private Results() {}

  static FileStore files() {
    ResultFiles files = LocalRuntime.resultFiles();
    if (files.isCache() && LocalRuntime.store() instanceof RemoteStore server) {
      return server.files(files);
    }
    return new FileStore() {
      @Override
      public String put(Path file) {
        return files.put(file);
      }

      @Override
      public Path get(String reference) {
        return files.get(reference);
      }
    };
  }
}
