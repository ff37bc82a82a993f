package dev.penstock.cli.deploy;

import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.worker.CodeUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Commits of Git repositories on this machine, each in a directory of its own that never changes.
/// The `git` command fetches them, with the user's own credentials.
final class GitCheckouts {
  private static final long MINUTES = 5;

  private final Path directory;

  GitCheckouts(Path directory) {
    this.directory = directory;
  }

  /// The commit that a branch, a tag or a hash means now.
  ///
  /// @throws CodeUnavailable when the repository cannot be reached, or has no such commit
  String commit(String url, String ref) throws CodeUnavailable {
    if (ref.matches("[0-9a-f]{40}")) {
      return ref;
    }
    String found = git(List.of("ls-remote", "--", url, ref, ref + "^{}"));
    List<String> lines = found.lines().toList();
    if (lines.isEmpty()) {
      throw new CodeUnavailable(
          "the repository " + url + " has no branch, tag or commit \"" + ref + "\"");
    }
    // An annotated tag has a second line, with the commit that it means.
    return lines.getLast().split("\\s")[0];
  }

  /// A file of a commit.
  ///
  /// @throws CodeUnavailable when it cannot be had
  Path file(DeployedCode.Git code) throws CodeUnavailable {
    Path checkout = checkout(code.url(), code.commit());
    Path file = checkout.resolve(code.path()).normalize();
    if (!file.startsWith(checkout) || !Files.isRegularFile(file)) {
      throw new CodeUnavailable(
          "there is no file " + code.path() + " in commit " + code.commit() + " of " + code.url());
    }
    return file;
  }

  private Path checkout(String url, String commit) throws CodeUnavailable {
    Path checkout = directory.resolve(commit);
    if (Files.isDirectory(checkout)) {
      return checkout;
    }
    try {
      Files.createDirectories(directory);
      Path unfinished = Files.createTempDirectory(directory, "part-");
      String at = unfinished.toString();
      git(List.of("clone", "--quiet", "--no-checkout", "--", url, at));
      git(List.of("-C", at, "checkout", "--quiet", "--detach", commit));
      try {
        return Files.move(unfinished, checkout, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) { // another process was faster
        if (Files.isDirectory(checkout)) {
          delete(unfinished);
          return checkout;
        }
        throw e;
      }
    } catch (IOException e) {
      throw new CodeUnavailable("a checkout of " + url + " cannot be kept: " + e.getMessage());
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String git(List<String> arguments) throws CodeUnavailable {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(arguments);
    try {
      Path output = Files.createTempFile("penstock-git-", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          throw new CodeUnavailable("git " + arguments.getFirst() + " took over 5 minutes");
        }
        String said = Files.readString(output, StandardCharsets.UTF_8).strip();
        if (process.exitValue() != 0) {
          throw new CodeUnavailable("git " + arguments.getFirst() + " failed: " + said);
        }
        return said;
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new CodeUnavailable("the git command cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CodeUnavailable("interrupted while git ran");
    }
  }
}
