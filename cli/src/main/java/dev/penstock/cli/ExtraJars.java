package dev.penstock.cli;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `--classpath` adds for a program.
///
/// @param entries jars and directories, all of them there
record ExtraJars(List<Path> entries) {

  /// @throws UsageError naming every entry that is not there
  static ExtraJars parse(String classPath) {
    List<Path> entries = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      if (entry.isBlank()) {
        continue;
      }
      entries.add(Path.of(entry).toAbsolutePath());
      if (!Files.exists(Path.of(entry))) {
        missing.add("--classpath: no such file: " + entry);
      }
    }
    if (!missing.isEmpty()) {
      throw new UsageError(String.join(System.lineSeparator(), missing));
    }
    return new ExtraJars(List.copyOf(entries));
  }

  /// The class path with these at its end.
  String after(String classPath) {
    List<String> all = new ArrayList<>(List.of(classPath));
    entries.forEach(entry -> all.add(entry.toString()));
    return String.join(File.pathSeparator, all);
  }

  /// A loader of these; the parent itself when there are none.
  ClassLoader loader(ClassLoader parent) {
    if (entries.isEmpty()) {
      return parent;
    }
    URL[] urls = entries.stream().map(ExtraJars::url).toArray(URL[]::new);
    return new URLClassLoader("classpath", urls, parent);
  }

  private static URL url(Path entry) {
    try {
      return entry.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not a path for a class path: " + entry, e);
    }
  }
}
