package dev.penstock.cli;

import dev.penstock.cli.program.CompileFailed;
import dev.penstock.cli.program.CompiledProgram;
import dev.penstock.cli.program.MainMethod;
import dev.penstock.cli.program.NoMainMethod;
import dev.penstock.cli.program.ProgramCache;
import dev.penstock.cli.program.ProgramCompiler;
import dev.penstock.cli.program.ProgramLoader;
import dev.penstock.cli.program.SourceFile;
import dev.penstock.cli.program.UnreadableSource;
import dev.penstock.cli.report.Journal;
import dev.penstock.cli.report.Progress;
import dev.penstock.cli.report.Screen;
import dev.penstock.data.Home;
import dev.penstock.flow.FlowLaunch;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.ParametersRefused;
import dev.penstock.pipeline.run.RunListeners;
import java.io.IOException;
import java.util.Optional;

/// One run of a program, from its source file to its exit code.
final class ProgramRun {
  private final RunRequest request;
  private final ExtraJars extraJars;

  /// @throws UsageError when the request cannot be carried out
  ProgramRun(RunRequest request) {
    this.request = request;
    this.extraJars = ExtraJars.parse(request.classPath());
  }

  /// Runs the program on this thread.
  ///
  /// @return the exit code
  int run() {
    Journal journal = new Journal();
    Ending ending = new Ending(journal, request.showing());
    try {
      return run(prepare(), journal, ending);
    } catch (CompileFailed | NoMainMethod e) {
      return ending.refused(Failures.message(e));
    }
  }

  private int run(Start start, Journal journal, Ending ending) {
    Signals signals = new Signals(journal, Thread.currentThread(), ending::cancelled);
    signals.listen();
    RunListeners.add(journal);
    Optional<Progress> progress = progress(journal);
    Runtime.getRuntime().addShutdownHook(new Thread(ending::exited, "penstock-end"));
    try (AutoCloseable _ = () -> progress.ifPresent(Progress::close)) {
      start.run();
      awaitOtherThreads();
    } catch (ParametersRefused refused) { // by a flow
      throw new UsageError(request.file().getFileName() + ": " + Failures.message(refused));
    } catch (Throwable failure) { // whatever the program threw, errors too
      if (signals.received().isEmpty()) {
        return ending.failed(failure);
      }
    }
    if (signals.received().isPresent()) {
      ending.cancelled();
      return ExitCode.signal(signals.received().getAsInt());
    }
    return ending.completed();
  }

  /// What `observe` logs is for where nobody looks: it is silent where there is a progress line for
  /// it.
  private Optional<Progress> progress(Journal journal) {
    if (request.showing().quiet()) {
      LocalRuntime.console(_ -> {});
    }
    Optional<Screen> screen = request.showing().quiet() ? Optional.empty() : Screen.ofProcess();
    if (screen.isPresent() || request.showing().quiet()) {
      System.setProperty("org.slf4j.simpleLogger.log.dev.penstock.observe", "warn");
    }
    return screen.map(drawn -> new Progress(drawn, journal));
  }

  /// What is run of a program.
  @FunctionalInterface
  private interface Start {
    void run() throws Throwable;
  }

  private Start prepare() {
    SourceFile source = read();
    String classPath = extraJars.after(System.getProperty("java.class.path"));
    ProgramCache cache = new ProgramCache(Home.directory().resolve("cache"), classPath);
    CompiledProgram program = cache.find(source).orElseGet(() -> compile(source, classPath, cache));
    program.warnings().forEach(warning -> System.err.println("warning: " + warning));
    ProgramLoader loader =
        new ProgramLoader(program, extraJars.loader(ProgramRun.class.getClassLoader()));
    Thread.currentThread().setContextClassLoader(loader);
    new ProgramParameters(source.name(), program, loader).launch(request.parameters());
    System.setProperty("penstock.source", source.path().toAbsolutePath().toString());
    String flowRun = request.flowRun();
    if (flowRun != null) {
      return () -> FlowLaunch.goOn(flowRun, loader.all());
    }
    MainMethod main = MainMethod.of(program, loader, source.name());
    return () -> main.invoke(request.arguments().toArray(String[]::new));
  }

  private SourceFile read() {
    try {
      return SourceFile.read(request.file());
    } catch (UnreadableSource e) {
      throw new UsageError(Failures.message(e));
    }
  }

  private static CompiledProgram compile(SourceFile source, String classPath, ProgramCache cache) {
    CompiledProgram program = new ProgramCompiler(classPath).compile(source);
    try {
      cache.keep(source, program);
    } catch (IOException e) {
      System.err.println("note: the compiled program could not be kept for next time: " + e);
    }
    return program;
  }

  /// As in any Java program, threads that `main` has left running keep the process alive.
  private static void awaitOtherThreads() throws InterruptedException {
    Thread[] threads = new Thread[Thread.activeCount() * 2 + 8];
    int count = Thread.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i] != Thread.currentThread() && !threads[i].isDaemon()) {
        threads[i].join();
      }
    }
  }
}
