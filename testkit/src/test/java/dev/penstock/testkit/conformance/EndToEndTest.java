package dev.penstock.testkit.conformance;

import static dev.penstock.pipeline.Steps.concurrency;
import static dev.penstock.pipeline.Steps.perSecond;
import static dev.penstock.pipeline.Steps.upTo;
import static dev.penstock.testkit.conformance.Way.INTS;
import static dev.penstock.testkit.conformance.Way.gives;
import static dev.penstock.testkit.conformance.Way.holds;
import static dev.penstock.testkit.conformance.Way.holdsInOrder;
import static dev.penstock.testkit.conformance.Way.ints;
import static dev.penstock.testkit.conformance.Way.letters;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Keyed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

class EndToEndTest {
  private static final List<String> NAMES =
      List.of(
          "bulbasaur",
          "ivysaur",
          "venusaur",
          "charmander",
          "charmeleon",
          "charizard",
          "squirtle",
          "wartortle",
          "blastoise");

  /// What a server answers.
  private record Response(int status, String body) {
    String orThrow() throws NotFound {
      if (status == 404) {
        throw new NotFound(body);
      }
      return body;
    }
  }

  private static final class NotFound extends Exception {
    private static final long serialVersionUID = 1L;

    NotFound(String message) {
      super(message);
    }
  }

  private static Response get(String url) {
    int id = Integer.parseInt(url.substring(url.lastIndexOf('/') + 1));
    return id < 1 || id > NAMES.size()
        ? new Response(404, url)
        : new Response(200, NAMES.get(id - 1));
  }

  private static Pipeline<String> names(CallOptions options, List<String> notFound) {
    return Pipeline.range(0, 10)
        .map(id -> "https://example.org/pokemon/" + id)
        .throttle(perSecond(500))
        .map(EndToEndTest::get, options)
        .map(Response::orThrow)
        .catching(NotFound.class)
        .onFailure(f -> notFound.add(f.cause().getMessage()))
        .skip();
  }

  @Case("L-271")
  void count_runs_every_effect() {
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    assertThat(Pipeline.over(INTS).tap(seen::add).count()).isEqualTo(256);
    assertThat(seen).hasSize(256);
    for (Way way : Way.values()) {
      assertThat(way.through(Pipeline.over(INTS)).count()).isEqualTo(256);
    }
  }

  @Case("L-273")
  void a_run_says_how_many_records_came_out() {
    assertThat(Pipeline.over(INTS).filter(i -> i % 2 == 0).run().out()).isEqualTo(128);
  }

  @Case("L-274")
  void others_follow() {
    holds(
        way ->
            way.through(Pipeline.over(ints(0, 3)))
                .concat(Pipeline.over(ints(3, 5)), Pipeline.over(ints(5, 9))),
        ints(0, 9));
  }

  @Case("L-276")
  void the_older_examples() {
    holdsInOrder(
        way ->
            way.through(Pipeline.over(ints(0, 10)))
                .batchBy(n -> n % 2, upTo(2))
                .map(Keyed::records),
        List.of(
            List.of(0, 2), List.of(1, 3), List.of(4, 6), List.of(5, 7), List.of(8), List.of(9)));
    gives(
        Pipeline.over(ints(0, 10))
            .batchBy(n -> n % 2, upTo(Integer.MAX_VALUE))
            .flatMap(Keyed::records),
        List.of(0, 2, 4, 6, 8, 1, 3, 5, 7, 9));
    gives(
        Pipeline.of(Collections.nCopies(4, 0), Collections.nCopies(4, 1))
            .flatMap(list -> list, concurrency(2)),
        List.of(0, 1, 0, 1, 0, 1, 0, 1));
  }

  @Case("R-290")
  void a_chain_of_requests_with_one_that_is_not_found() {
    for (Way way : Way.values()) {
      List<String> notFound = Collections.synchronizedList(new ArrayList<>());
      assertThat(names(way.options, notFound).toList()).containsExactlyInAnyOrderElementsOf(NAMES);
      assertThat(notFound).containsExactly("https://example.org/pokemon/0");
    }
    holds(way -> names(way.options, new ArrayList<>()), NAMES);
  }

  @Case("R-291")
  void numbered() {
    List<String> numbered =
        names(concurrency(2), new ArrayList<>())
            .zipWithIndex()
            .map(at -> "#" + (at.index() + 1) + " " + at.record())
            .toList();
    assertThat(numbered).hasSize(9).startsWith("#1 bulbasaur").endsWith("#9 blastoise");
  }

  @Case("R-292")
  void distinct_by_a_filter_of_the_users_and_by_the_step() {
    Set<String> seen = new HashSet<>();
    assertThat(
            Pipeline.over(letters("001000111"))
                .filter(c -> !seen.contains(c))
                .tap(seen::add)
                .toList())
        .containsExactly("0", "1");
    gives(Pipeline.over(letters("001000111")).distinct(10), List.of("0", "1"));
    gives(Pipeline.over(letters("001000111")).distinctConsecutive(), List.of("0", "1", "0", "1"));
  }

  @Case("R-293")
  void one_after_the_other() {
    holds(
        way -> way.through(Pipeline.range(0, 5)).concat(way.through(Pipeline.range(5, 10))),
        Stream.iterate(0L, i -> i + 1).limit(10).toList());
  }

  @Case("R-294")
  void a_not_found_ends_an_endless_source() {
    for (CallOptions options :
        List.of(CallOptions.NONE, concurrency(2), concurrency(2).unordered())) {
      List<String> names =
          Pipeline.<Long>streams(() -> Stream.iterate(1L, i -> i + 1))
              .map(id -> get("https://example.org/pokemon/" + id), options)
              .map(Response::orThrow)
              .catching(NotFound.class)
              .stop()
              .toList();
      if (options.ordered()) {
        assertThat(names).isEqualTo(NAMES);
      } else {
        assertThat(NAMES).containsAll(names);
      }
    }
  }
}
