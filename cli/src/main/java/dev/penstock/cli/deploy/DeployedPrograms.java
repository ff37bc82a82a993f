package dev.penstock.cli.deploy;

import dev.penstock.cli.program.CompiledProgram;
import dev.penstock.cli.program.ProgramCache;
import dev.penstock.cli.program.ProgramCompiler;
import dev.penstock.cli.program.ProgramLoader;
import dev.penstock.cli.program.SourceFile;
import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.worker.CodeUnavailable;
import dev.penstock.flow.worker.Programs;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The flows of deployed code: source files are compiled, jars and Git repositories fetched. What
/// was loaded stays loaded. Safe for use by several threads.
public final class DeployedPrograms implements Programs {
  private final String classPath = System.getProperty("java.class.path");
  private final ProgramCache cache;
  private final JarFiles jars;
  private final GitCheckouts checkouts;
  private final Map<String, CodeFlows> loaded = new ConcurrentHashMap<>();

  /// @param home where code is kept on this machine
  public DeployedPrograms(Path home) {
    cache = new ProgramCache(home.resolve("cache"), classPath);
    jars = new JarFiles(home.resolve("code").resolve("jars"));
    checkouts = new GitCheckouts(home.resolve("code").resolve("git"));
  }

  @Override
  public FlowProgram load(DeployedCode code, String flow) throws CodeUnavailable {
    return flow(code, flow);
  }

  /// The same, with what is known of its method.
  public DeployedFlow flow(DeployedCode code, String flow) throws CodeUnavailable {
    return flows(code).named(flow);
  }

  CodeFlows flows(DeployedCode code) throws CodeUnavailable {
    CodeFlows known = loaded.get(code.version());
    if (known == null) {
      known = read(code);
      loaded.put(code.version(), known);
    }
    return known;
  }

  private CodeFlows read(DeployedCode code) throws CodeUnavailable {
    return switch (code) {
      case DeployedCode.Source source ->
          compile(new SourceFile(Path.of(source.file()), source.text()));
      case DeployedCode.Git git -> compile(SourceFile.read(checkouts.file(git)));
      case DeployedCode.Jar jar -> jar(jars.get(jar), jar);
    };
  }

  /// The flows of a source file.
  CodeFlows compile(SourceFile source) {
    CompiledProgram program =
        cache
            .find(source)
            .orElseGet(() -> {
              CompiledProgram compiled = new ProgramCompiler(classPath).compile(source);
              keep(source, compiled);
              return compiled;
            });
    ProgramLoader loader = new ProgramLoader(program, DeployedPrograms.class.getClassLoader());
    return CodeFlows.of(source.name(), program.topLevel(), loader);
  }

  private void keep(SourceFile source, CompiledProgram program) {
    try {
      cache.keep(source, program);
    } catch (IOException e) {
      // it is compiled again next time
    }
  }

  /// The flows of a class in a jar.
  private static CodeFlows jar(Path kept, DeployedCode.Jar jar) {
    try {
      URL[] urls = {kept.toUri().toURL()};
      URLClassLoader loader =
          new URLClassLoader(ProgramLoader.NAME, urls, DeployedPrograms.class.getClassLoader());
      return CodeFlows.of(
          String.valueOf(Path.of(jar.path()).getFileName()), List.of(jar.type()), loader);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not a path for a class path: " + kept, e);
    }
  }
}
