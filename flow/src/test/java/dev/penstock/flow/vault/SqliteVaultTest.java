package dev.penstock.flow.vault;

import dev.penstock.flow.store.StoreUrl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

class SqliteVaultTest extends VaultContract {

  @Override
  StoreUrl url() {
    return StoreUrl.file(directory.resolve("store/store.db"));
  }

  /// The bytes of the database, of its log of writes, and of whatever else lies there.
  @Override
  String everythingIn(StoreUrl url) throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(directory.resolve("store"))) {
      for (Path file : files.toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
