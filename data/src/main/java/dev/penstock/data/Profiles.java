package dev.penstock.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Named sets of settings, in files of the home directory. One of them is in use: the one that
/// `PENSTOCK_PROFILE` names, or else the one that was chosen last. Its settings stand in for
/// environment variables that are not set.
///
/// @param home the directory of Penstock
public record Profiles(Path home) {
  /// The one that is in use when none was chosen; it need not exist.
  public static final String DEFAULT = "default";

  /// Chooses the profile of a process.
  public static final String VARIABLE = "PENSTOCK_PROFILE";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final String SUFFIX = ".env";

  /// The variables of this process, with the settings of the profile in use below them.
  public static Map<String, String> settingsOfProcess() {
    return new Profiles(Home.directory()).below(System.getenv());
  }

  /// These variables, with the settings of the profile in use below them.
  ///
  /// @throws IllegalArgumentException when they name a profile that is not there
  public Map<String, String> below(Map<String, String> environment) {
    Map<String, String> all = new TreeMap<>(settings(active(environment)));
    environment.forEach((name, value) -> {
      if (!value.isBlank() || !all.containsKey(name)) {
        all.put(name, value);
      }
    });
    return all;
  }

  /// The name of the profile in use.
  public String active(Map<String, String> environment) {
    String named = environment.get(VARIABLE);
    if (named != null && !named.isBlank()) {
      return named;
    }
    Path chosen = directory().resolve("active");
    return Files.exists(chosen) ? read(chosen).strip() : DEFAULT;
  }

  /// The settings of a profile, by name.
  ///
  /// @throws IllegalArgumentException when it is not there
  public Map<String, String> settings(String profile) {
    Path file = file(profile);
    if (!Files.exists(file)) {
      if (profile.equals(DEFAULT)) {
        return Map.of();
      }
      throw new IllegalArgumentException(
          "there is no profile \"" + profile + "\"" + DidYouMean.hint(profile, names()));
    }
    Map<String, String> settings = new TreeMap<>();
    read(file)
        .lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(line ->
            settings.put(
                line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return Collections.unmodifiableMap(settings);
  }

  /// The names of all that there are, and of the default one.
  public List<String> names() {
    if (!Files.isDirectory(directory())) {
      return List.of(DEFAULT);
    }
    try (Stream<Path> files = Files.list(directory())) {
      return Stream.concat(
              Stream.of(DEFAULT),
              files
                  .map(file -> file.getFileName().toString())
                  .filter(file -> file.endsWith(SUFFIX))
                  .map(file -> file.substring(0, file.length() - SUFFIX.length())))
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(directory() + " cannot be read", e);
    }
  }

  /// Writes a profile, new or in place of what it was. Only its owner may read it: URLs may hold
  /// passwords.
  ///
  /// @throws IllegalArgumentException when that cannot be its name, or a value has several lines
  public void write(String profile, Map<String, String> settings) {
    settings.forEach((name, value) -> {
      if (value.lines().count() > 1) {
        throw new IllegalArgumentException("the value of " + name + " must be one line");
      }
    });
    replace(
        file(profile),
        new TreeMap<>(settings)
            .entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                .collect(Collectors.joining()));
  }

  /// Lets processes use a profile, unless their environment says another.
  ///
  /// @throws IllegalArgumentException when it is not there
  public void use(String profile) {
    var unused = settings(profile);
    replace(directory().resolve("active"), profile + "\n");
  }

  /// @return whether it was there
  public boolean delete(String profile) {
    try {
      return Files.deleteIfExists(file(profile));
    } catch (IOException e) {
      throw new UncheckedIOException(file(profile) + " cannot be deleted", e);
    }
  }

  private Path directory() {
    return home.resolve("profiles");
  }

  private Path file(String profile) {
    if (!NAME.matcher(profile).matches()) {
      throw new IllegalArgumentException(
          "the name of a profile must be up to 64 letters, digits, '_' and '-', was \""
              + profile
              + "\"");
    }
    return directory().resolve(profile + SUFFIX);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private void replace(Path file, String text) {
    try {
      Files.createDirectories(directory());
      Path fresh = Files.createTempFile(directory(), "profile", ".tmp");
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }
}
