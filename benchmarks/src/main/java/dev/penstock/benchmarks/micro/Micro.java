package dev.penstock.benchmarks.micro;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the JMH benchmarks of some classes in rounds, each peer in a JVM of its own in each round,
/// so that what disturbs the machine for a while disturbs all of them, and prints the medians:
/// `Micro 3 Chain TenMaps`. A name may be followed by a regular expression for methods:
/// `Chain.penstock|loop`.
public final class Micro {
  static final List<String> ALL =
      List.of("Chain", "TenMaps", "Errors", "Concurrent", "Batches", "Resumable");
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private Micro() {}

  /// What the rounds measured for one method.
  private record Figures(List<Double> nanos, List<Double> cpu, List<Double> bytes) {
    Figures() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(RunResult result) {
      nanos.add(result.getPrimaryResult().getScore());
      cpu.add(secondary(result, CpuProfiler.LABEL));
      bytes.add(secondary(result, ALLOCATED));
    }

    private static double secondary(RunResult result, String label) {
      return Objects.requireNonNull(result.getSecondaryResults().get(label), label).getScore();
    }
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? 3 : Integer.parseInt(args[0]);
    List<String> names = args.length < 2 ? ALL : Arrays.asList(args).subList(1, args.length);
    for (String name : names) {
      print(name, measure(name, rounds));
    }
  }

  private static Map<String, Figures> measure(String name, int rounds) throws Exception {
    Map<String, Figures> all = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (RunResult result : new Runner(options(name).build()).run()) {
        all.computeIfAbsent(label(result), _ -> new Figures()).add(result);
      }
    }
    return all;
  }

  private static org.openjdk.jmh.runner.options.ChainedOptionsBuilder options(String name) {
    String[] parts = name.split("\\.", 2);
    String methods = parts.length == 1 ? ".*" : "(" + parts[1] + ")";
    return new OptionsBuilder()
        .include(
            Pattern.quote(Micro.class.getPackageName() + "." + parts[0]) + "\\." + methods + "$")
        .forks(1)
        .warmupIterations(6)
        .warmupTime(TimeValue.milliseconds(400))
        .measurementIterations(5)
        .measurementTime(TimeValue.milliseconds(300))
        .jvmArgs("-Xmx1g", "-Xms1g", "--sun-misc-unsafe-memory-access=allow")
        .addProfiler(GCProfiler.class)
        .addProfiler(CpuProfiler.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  private static String label(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    StringBuilder label = new StringBuilder();
    label.append(benchmark.substring(benchmark.lastIndexOf('.') + 1));
    for (String key : result.getParams().getParamsKeys()) {
      label.append(' ').append(result.getParams().getParam(key));
    }
    return label.toString();
  }

  private static void print(String name, Map<String, Figures> all) {
    System.out.printf("%n| %s | ns/record | from | to | CPU ns | bytes |%n", name);
    System.out.println("|---|--:|--:|--:|--:|--:|");
    all.forEach((label, figures) ->
        System.out.printf(
            "| %s | %.1f | %.1f | %.1f | %.1f | %.0f |%n",
            label,
            median(figures.nanos),
            figures.nanos.stream().min(Double::compare).orElseThrow(),
            figures.nanos.stream().max(Double::compare).orElseThrow(),
            median(figures.cpu),
            median(figures.bytes)));
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
