package dev.penstock.cli.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.simple.SimpleServiceProvider;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// SLF4J of the command: what is logged inside a run goes to the log of the run, all else to
/// standard error. It is no service of the class path, so that an application which embeds Penstock
/// keeps its own: the command names it, see [#use]. Public for SLF4J, which makes it by its name.
public final class RunLogProvider implements SLF4JServiceProvider {
  private final SimpleServiceProvider standardError = new SimpleServiceProvider();
  private final Map<String, Logger> loggers = new ConcurrentHashMap<>();

  /// Makes it the one of this process, unless another was asked for.
  public static void use() {
    if (System.getProperty("slf4j.provider") == null) {
      System.setProperty("slf4j.provider", RunLogProvider.class.getName());
      System.setProperty("slf4j.internal.verbosity", "WARN"); // it would tell of that
    }
  }

  @Override
  public void initialize() {
    standardError.initialize();
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name ->
        loggers.computeIfAbsent(
            name,
            wanted -> new RunLogger(wanted, standardError.getLoggerFactory().getLogger(wanted)));
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return standardError.getMarkerFactory();
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return standardError.getMDCAdapter();
  }

  @Override
  public String getRequestedApiVersion() {
    return standardError.getRequestedApiVersion();
  }
}
