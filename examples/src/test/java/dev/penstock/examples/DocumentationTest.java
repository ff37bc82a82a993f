package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The pages of the project say what is true: their Java compiles, prints what they say it prints,
/// and their links lead somewhere.
class DocumentationTest {
  private static final Pattern PAGE_IN_SOURCE = Pattern.compile("docs/[a-z0-9/-]+\\.md");

  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");
  private static final Pattern CLASS_IN_GUIDE =
      Pattern.compile("`(?:[a-z/]+/)?([A-Z]\\w*[a-z]\\w*)(?:\\.\\w+)?`");

  @TempDir private Path directory;

  private final Checkout checkout = Checkout.real();

  @TestFactory
  Stream<DynamicTest> snippetsCompileAndPrintWhatTheySay() throws Exception {
    List<Snippet> snippets = snippets().filter(snippet -> snippet.source().isEmpty()).toList();
    assertThat(snippets).isNotEmpty();
    Path work = handled(snippets);
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < snippets.size(); i++) {
      Snippet snippet = snippets.get(i);
      Path handled = work.resolve("%04d".formatted(i));
      String failure = textOf(handled.resolve("failure"));
      String printed = textOf(handled.resolve("printed"));
      tests.add(dynamicTest(snippet.place(), () -> check(snippet, failure, printed)));
    }
    return tests.stream();
  }

  private Stream<Snippet> snippets() throws IOException {
    return Page.all(checkout.root()).stream().flatMap(page -> page.snippets().stream());
  }

  @Test
  void excerptsStandInTheFilesThatTheyAreOf() throws Exception {
    List<Snippet> excerpts = snippets().filter(each -> each.source().isPresent()).toList();
    assertThat(excerpts).isNotEmpty();
    for (Snippet excerpt : excerpts) {
      String file = excerpt.source().orElseThrow();
      assertThat(excerpt.standsIn(Files.readString(checkout.root().resolve(file))))
          .as("%s does not stand in %s", excerpt.place(), file)
          .isTrue();
    }
  }

  private static void check(Snippet snippet, String failure, String printed) {
    assertThat(failure).as("%s does not compile:\n%s", snippet.place(), failure).isEmpty();
    if (snippet.isRun()) {
      assertThat(snippet.showed(printed))
          .as(
              "%s prints\n%s\nbut the page says\n%s",
              snippet.place(), printed, snippet.output().orElse(""))
          .isTrue();
    } else {
      assertThat(snippet.prints() && !snippet.compileOnly())
          .as("%s prints, but the page does not show what", snippet.place())
          .isFalse();
    }
  }

  /// Has a process compile and run the snippets.
  private Path handled(List<Snippet> snippets) throws Exception {
    Path work = Files.createDirectory(directory.resolve("snippets"));
    for (int i = 0; i < snippets.size(); i++) {
      lay(snippets.get(i), Files.createDirectory(work.resolve("%04d".formatted(i))));
    }
    Path home = Files.createDirectory(directory.resolve("home"));
    Files.createSymbolicLink(home.resolve("examples"), checkout.root().resolve("examples"));
    Path tests =
        Path.of(SnippetRunner.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Command.Result result =
        Command.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                jars() + java.io.File.pathSeparator + tests,
                SnippetRunner.class.getName(),
                work.toString())
            .in(home)
            .env("PENSTOCK_HOME", directory.resolve("penstock").toString())
            .run();
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    for (int i = 0; i < snippets.size(); i++) {
      if (snippets.get(i).file().isPresent()) {
        runByCommand(snippets.get(i), home, work.resolve("%04d".formatted(i)));
      }
    }
    return work;
  }

  private void runByCommand(Snippet snippet, Path home, Path handled) throws Exception {
    String name = snippet.file().orElseThrow();
    Files.writeString(home.resolve(name), snippet.program());
    Command.Result result =
        Checkout.built(Files.createDirectory(directory.resolve("built-" + name)))
            .penstock("run", name)
            .in(home)
            .env("PENSTOCK_HOME", directory.resolve("penstock").toString())
            .run();
    Files.writeString(handled.resolve("printed"), result.out() + result.err());
  }

  private String jars() throws IOException {
    try (Stream<Path> jars = Files.list(checkout.lib())) {
      return String.join(java.io.File.pathSeparator, jars.map(Path::toString).sorted().toList());
    }
  }

  private static void lay(Snippet snippet, Path at) throws IOException {
    Files.writeString(at.resolve("snippet.java"), snippet.program());
    if (snippet.isRun() && snippet.file().isEmpty()) {
      Files.createFile(at.resolve("run"));
    }
    Path files = Files.createDirectory(at.resolve("files"));
    for (Map.Entry<String, String> file : snippet.files().entrySet()) {
      Files.writeString(files.resolve(file.getKey()), file.getValue());
    }
  }

  private static String textOf(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }

  @Test
  void linksLeadSomewhere() throws Exception {
    List<String> dead = new ArrayList<>();
    for (Page page : Page.all(checkout.root())) {
      for (String link : page.links()) {
        if (!page.leadsSomewhere(link)) {
          dead.add(page.name() + ": " + link);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void pagesThatTheSourceNamesAreThere() throws Exception {
    TreeSet<String> named = new TreeSet<>();
    try (Stream<Path> all = Files.walk(checkout.root())) {
      for (Path file : all.filter(DocumentationTest::isMainSource).toList()) {
        Matcher page = PAGE_IN_SOURCE.matcher(Files.readString(file));
        while (page.find()) {
          named.add(page.group());
        }
      }
    }
    assertThat(named).isNotEmpty();
    assertThat(named).allSatisfy(page -> assertThat(checkout.root().resolve(page)).exists());
  }

  @Test
  void classesThatTheGuidesNameAreThere() throws Exception {
    Set<String> classes = new HashSet<>();
    try (Stream<Path> all = Files.walk(checkout.root())) {
      all.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .forEach(name -> classes.add(name.substring(0, name.length() - ".java".length())));
    }
    List<String> missing = new ArrayList<>();
    for (String guide : List.of("ARCHITECTURE.md", "CONTRIBUTING.md")) {
      Matcher named = CLASS_IN_GUIDE.matcher(Files.readString(checkout.root().resolve(guide)));
      while (named.find()) {
        if (!classes.contains(named.group(1)) && !named.group(1).equals("EvensStage")) {
          missing.add(guide + ": " + named.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void eachLibraryOfProgramsIsNamedWithItsVersion() throws Exception {
    String page = Files.readString(checkout.root().resolve("docs/dependencies.md"));
    List<String> missing = new ArrayList<>();
    for (String directory : List.of("lib", "server", "stores")) {
      for (Path jar : listed(checkout.lib().resolveSibling(directory))) {
        Matcher name = JAR.matcher(jar.getFileName().toString());
        assertThat(name.matches()).as(jar.toString()).isTrue();
        boolean named =
            page.lines()
                .anyMatch(
                    line -> line.contains(name.group(1)) && line.contains("| " + name.group(2)));
        if (!named && !name.group(1).startsWith("penstock-")) {
          missing.add(name.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<Path> listed(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static boolean isMainSource(Path file) {
    String path = file.toString();
    return path.endsWith(".java") && path.contains("/src/main/") && !path.contains("/target/");
  }
}
