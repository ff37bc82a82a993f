package dev.penstock.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Markdown file of the project.
///
/// @param file where it is
/// @param name its path within the project, for people
record Page(Path file, String name, String text) {
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?)\\s*$");

  /// All pages of a project: those at its root, and those below `docs`.
  static List<Page> all(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> top = Files.list(root);
        Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).forEach(files::add);
    }
    files.sort(null);
    List<Page> pages = new ArrayList<>();
    for (Path file : files) {
      pages.add(new Page(file, root.relativize(file).toString(), Files.readString(file)));
    }
    return pages;
  }

  List<Snippet> snippets() {
    return Snippet.in(name, text);
  }

  /// Where its links within the project lead to, as they are written.
  List<String> links() {
    List<String> links = new ArrayList<>();
    Matcher link = LINK.matcher(CODE.matcher(FENCED.matcher(text).replaceAll("")).replaceAll(""));
    while (link.find()) {
      if (!link.group(1).matches("[a-z]+:.*")) {
        links.add(link.group(1));
      }
    }
    return links;
  }

  /// Whether a link of this page leads somewhere.
  boolean leadsSomewhere(String link) throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
    if (hash < 0 || !Files.exists(target)) {
      return Files.exists(target);
    }
    return new Page(target, path, Files.readString(target))
        .anchors()
        .contains(link.substring(hash + 1));
  }

  /// The names by which its headings are linked to, made as GitHub makes them.
  private Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    Matcher heading = HEADING.matcher(FENCED.matcher(text).replaceAll(""));
    while (heading.find()) {
      String slug =
          heading
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      int times = seen.merge(slug, 1, Integer::sum);
      anchors.add(times == 1 ? slug : slug + "-" + (times - 1));
    }
    return anchors;
  }
}
