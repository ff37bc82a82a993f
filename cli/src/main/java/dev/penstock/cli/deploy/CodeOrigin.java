package dev.penstock.cli.deploy;

import dev.penstock.cli.program.SourceFile;
import dev.penstock.flow.code.CodeVersion;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.worker.CodeUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the code of a deployment is said to be.
///
/// @param file a source file or a jar; in a Git repository, a source file of it
/// @param flow the name of the flow, of a jar `CLASS` or `CLASS#FLOW`; null for the only one
/// @param git the repository; null for none
public record CodeOrigin(Path file, @Nullable String flow, @Nullable Repository git) {
  /// @param ref a branch, a tag or a commit
  public record Repository(String url, String ref) {}

  /// Code that was found, pinned.
  public record Found(DeployedCode code, DeployedFlow flow) {}

  /// Reads `taxi.java:ingest`, `jobs.jar:com.example.Jobs#ingest`.
  public static CodeOrigin parse(String entrypoint, @Nullable Repository git) {
    int colon = entrypoint.lastIndexOf(':');
    return colon < 0
        ? new CodeOrigin(Path.of(entrypoint), null, git)
        : new CodeOrigin(
            Path.of(entrypoint.substring(0, colon)), entrypoint.substring(colon + 1), git);
  }

  /// Finds the code and its flow.
  ///
  /// @throws DeployRefused when it is not there, or has no such flow
  public Found find(DeployedPrograms programs, Path home) {
    try {
      if (git != null) {
        return ofGit(programs, home, git);
      }
      return file.toString().endsWith(".jar") ? ofJar(programs) : ofSource(programs);
    } catch (CodeUnavailable e) {
      throw new DeployRefused(String.valueOf(e.getMessage()));
    }
  }

  private Found ofSource(DeployedPrograms programs) {
    SourceFile source = SourceFile.read(file);
    DeployedFlow chosen = chosen(programs.compile(source));
    String version = CodeVersion.of(chosen.method().member().getDeclaringClass());
    return new Found(new DeployedCode.Source(version, source.name(), source.text()), chosen);
  }

  private Found ofGit(DeployedPrograms programs, Path home, Repository repository)
      throws CodeUnavailable {
    GitCheckouts checkouts = new GitCheckouts(home.resolve("code").resolve("git"));
    String commit = checkouts.commit(repository.url(), repository.ref());
    String version = commit.substring(0, 12) + "/" + file;
    DeployedCode.Git code =
        new DeployedCode.Git(version, repository.url(), commit, file.toString());
    return new Found(code, chosen(programs.flows(code)));
  }

  private Found ofJar(DeployedPrograms programs) throws CodeUnavailable {
    if (!Files.isRegularFile(file)) {
      throw new DeployRefused("no such file: " + file);
    }
    String named = Optional.ofNullable(flow).orElse("");
    int hash = named.indexOf('#');
    String type = hash < 0 ? named : named.substring(0, hash);
    if (type.isEmpty()) {
      throw new DeployRefused("say which class of " + file + " has the flow: " + file + ":CLASS");
    }
    try {
      String sha = JarFiles.hash(file);
      DeployedCode.Jar code =
          new DeployedCode.Jar(
              sha.substring(0, 12) + "/" + type, file.toAbsolutePath().toString(), sha, type);
      CodeFlows flows = programs.flows(code);
      return new Found(code, hash < 0 ? flows.only() : flows.named(named.substring(hash + 1)));
    } catch (IOException e) {
      throw new DeployRefused("the jar " + file + " cannot be read: " + e.getMessage());
    }
  }

  private DeployedFlow chosen(CodeFlows flows) {
    return flow == null ? flows.only() : flows.named(flow);
  }
}
