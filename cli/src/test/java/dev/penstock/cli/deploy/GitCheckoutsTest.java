package dev.penstock.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.worker.CodeUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checkouts of a repository in a directory.
class GitCheckoutsTest {
  @TempDir private Path directory;
  private Path repository;
  private GitCheckouts checkouts;

  @BeforeEach
  void commit() throws Exception {
    repository = directory.resolve("repository");
    Files.createDirectory(repository);
    git("init", "--quiet", "--initial-branch=main");
    commit("first");
    checkouts = new GitCheckouts(directory.resolve("code"));
  }

  private void commit(String text) throws Exception {
    Path file = repository.resolve("jobs").resolve("ingest.java");
    Files.createDirectories(repository.resolve("jobs"));
    Files.writeString(file, text);
    git("add", ".");
    git("-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", text);
  }

  private void git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  private DeployedCode.Git code(String commit, String path) {
    return new DeployedCode.Git("v", repository.toString(), commit, path);
  }

  @Test
  void aFileStaysAsItWasInItsCommit() throws Exception {
    String first = checkouts.commit(repository.toString(), "main");
    commit("second");
    String second = checkouts.commit(repository.toString(), "HEAD");
    assertThat(second).isNotEqualTo(first);
    assertThat(checkouts.file(code(first, "jobs/ingest.java"))).hasContent("first");
    assertThat(checkouts.file(code(second, "jobs/ingest.java"))).hasContent("second");
  }

  @Test
  void anAnnotatedTagMeansItsCommit() throws Exception {
    String commit = checkouts.commit(repository.toString(), "main");
    git("-c", "user.name=T", "-c", "user.email=t@example.com", "tag", "-a", "v1", "-m", "v1");
    assertThat(checkouts.commit(repository.toString(), "v1")).isEqualTo(commit);
  }

  @Test
  void whatIsNotThereIsTold() throws Exception {
    String commit = checkouts.commit(repository.toString(), "main");
    assertThatThrownBy(() -> checkouts.commit(repository.toString(), "mian"))
        .isInstanceOf(CodeUnavailable.class)
        .hasMessageContaining("has no branch, tag or commit \"mian\"");
    assertThatThrownBy(() -> checkouts.file(code(commit, "jobs/other.java")))
        .isInstanceOf(CodeUnavailable.class)
        .hasMessageContaining("there is no file jobs/other.java");
    assertThatThrownBy(() -> checkouts.file(code(commit, "../../../repository/jobs/ingest.java")))
        .isInstanceOf(CodeUnavailable.class);
    assertThatThrownBy(() -> checkouts.commit(directory.resolve("nowhere").toString(), "main"))
        .isInstanceOf(CodeUnavailable.class)
        .hasMessageContaining("git ls-remote failed");
  }
}
