package dev.penstock.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the clients of stores are. They are many jars, through which a start would look in vain
/// most of the time: what `./penstock` runs has them in a directory `stores` beside its `lib`, and
/// looks there when the first store is opened. Elsewhere they are on the class path.
final class StoreLibraries {
  static final ClassLoader LOADER = loader();

  private StoreLibraries() {}

  private static ClassLoader loader() {
    ClassLoader own = StoreLibraries.class.getClassLoader();
    List<URL> jars = jars();
    return jars.isEmpty() ? own : new URLClassLoader("stores", jars.toArray(URL[]::new), own);
  }

  private static List<URL> jars() {
    Path jar = ownJar();
    Path lib = jar == null ? null : jar.getParent();
    if (lib == null || !Files.isDirectory(lib.resolveSibling("stores"))) {
      return List.of();
    }
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(lib.resolveSibling("stores"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".jar")) {
          jars.add(file.toUri().toURL());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jars;
  }

  private static @Nullable Path ownJar() {
    CodeSource source = StoreLibraries.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? null : Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null; // not a file: a server of classes, which has no directory beside it
    }
  }
}
