package dev.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.connector.TxWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every [TransactionalSink] must keep: a commit is seen whole or not at all, records and
/// positions stand or fall together, and who was fenced changes nothing. A connector's test extends
/// it.
///
/// @param <T> the type of the records, with a meaningful `equals`
public abstract class TransactionalSinkContract<T> extends SinkContract<T> {
  private static final Split A = new Split("a");
  private static final Split B = new Split("b");

  @Override
  protected abstract TransactionalSink<T> sink() throws Exception;

  /// Whether a claim gets past the open transaction of another writer that has written; false for a
  /// database of one writer.
  protected boolean claimsPassOpenTransactions() {
    return true;
  }

  /// Whether a claim of some of a writer's splits ends the writer, its other splits included,
  /// unless it has released them.
  protected boolean claimsEndWholeWriters() {
    return false;
  }

  @Test
  void nothing_is_visible_before_the_commit_and_all_of_it_after() throws Exception {
    try (TxWriter<T> writer = sink().open(null)) {
      write(writer, 0, 50);
      assertThat(visible()).isEmpty();
      writer.commit(Cut.END);
    }
    assertVisible(0, 50);
  }

  @Test
  void a_rollback_leaves_nothing_and_the_writer_can_go_on() throws Exception {
    try (TxWriter<T> writer = sink().open(null)) {
      write(writer, 0, 20);
      writer.rollback();
      write(writer, 20, 30);
      writer.commit(Cut.END);
    }
    assertVisible(20, 30);
  }

  @Test
  void closing_without_a_commit_leaves_nothing() throws Exception {
    TxWriter<T> writer = sink().open(null);
    write(writer, 0, 20);
    writer.close();
    writer.close();
    assertThat(visible()).isEmpty();
  }

  @Test
  void a_writer_that_was_never_used_leaves_nothing() throws Exception {
    sink().open(null).close();
    assertThat(visible()).isEmpty();
  }

  @Test
  void positions_and_states_come_back_with_the_next_claim() throws Exception {
    try (CommitLog log = sink().log()) {
      Claim first = log.claim("p", Set.of(A, B));
      assertThat(first.pipeline()).isEqualTo("p");
      assertThat(first.last()).as("nothing committed yet").allSatisfy(Cuts::startsHere);
      try (TxWriter<T> writer = sink().open(first)) {
        write(writer, 0, 5);
        Map<String, byte[]> states =
            Map.of("take(7)", new byte[] {0, 1, -1, 127}, "empty", bytes(""));
        writer.commit(
            new Cut(Map.of(), Map.of(A, Position.of("5"), B, Position.of("x/y z")), states, false));
      }
      assertThat(log.known("p")).containsExactlyInAnyOrder(A, B);
      assertThat(log.known("another")).isEmpty();
      Map<Split, Entry> last = log.claim("p", Set.of(A, B)).last();
      assertThat(Cuts.to(last, A)).contains(Position.of("5"));
      assertThat(Cuts.to(last, B)).contains(Position.of("x/y z"));
      assertThat(Cuts.state(last, "take(7)")).isEqualTo(new byte[] {0, 1, -1, 127});
      assertThat(Cuts.state(last, "empty")).isEqualTo(bytes(""));
    }
    assertVisible(0, 5);
  }

  @Test
  void units_follow_each_other_by_their_positions() throws Exception {
    try (CommitLog log = sink().log();
        TxWriter<T> writer = sink().open(log.claim("p", Set.of(A)))) {
      for (int i = 0; i < 5; i++) {
        write(writer, i * 3, i * 3 + 3);
        writer.commit(Cuts.of(A, i == 0 ? null : "" + i * 3, "" + (i * 3 + 3)));
        assertVisible(0, i * 3 + 3);
      }
      assertThat(Cuts.to(log.claim("p", Set.of(A)).last(), A)).contains(Position.of("15"));
    }
  }

  @Test
  void positions_alone_can_be_committed() throws Exception {
    try (CommitLog log = sink().log();
        TxWriter<T> writer = sink().open(log.claim("p", Set.of(A)))) {
      writer.commit(Cuts.of(A, null, "9"));
      assertThat(Cuts.to(log.claim("p", Set.of(A)).last(), A)).contains(Position.of("9"));
    }
    assertThat(visible()).isEmpty();
  }

  @Test
  void a_later_claim_fences_the_writer() throws Exception {
    try (CommitLog log = sink().log();
        TxWriter<T> old = sink().open(log.claim("p", Set.of(A)))) {
      write(old, 0, 3);
      old.commit(Cuts.of(A, null, "3"));
      Claim taken = log.claim("p", Set.of(A));
      write(old, 3, 6);
      assertFenced(old, Cuts.of(A, "3", "6"));
      assertVisible(0, 3);
      try (TxWriter<T> next = sink().open(taken)) {
        write(next, 3, 5);
        next.commit(Cuts.of(A, "3", "5"));
      }
    }
    assertVisible(0, 5);
  }

  @Test
  void a_writer_that_had_written_before_the_claim_is_fenced_as_well() throws Exception {
    try (CommitLog log = sink().log();
        TxWriter<T> old = sink().open(log.claim("p", Set.of(A)))) {
      if (claimsPassOpenTransactions()) {
        write(old, 0, 3);
      }
      Claim taken = log.claim("p", Set.of(A));
      try (TxWriter<T> next = sink().open(taken)) {
        write(next, 10, 12);
        next.commit(Cuts.of(A, null, "2"));
      }
      if (!claimsPassOpenTransactions()) {
        write(old, 0, 3);
      }
      assertFenced(old, Cuts.of(A, null, "3"));
      old.rollback();
    }
    assertVisible(10, 12);
  }

  @Test
  void a_unit_that_does_not_begin_where_the_last_one_ended_is_refused() throws Exception {
    try (CommitLog log = sink().log();
        TxWriter<T> writer = sink().open(log.claim("p", Set.of(A)))) {
      write(writer, 0, 3);
      writer.commit(Cuts.of(A, null, "3"));
      write(writer, 3, 6);
      assertFenced(writer, Cuts.of(A, "2", "6"));
    }
    assertVisible(0, 3);
  }

  @Test
  void a_unit_of_several_splits_is_committed_for_all_or_none() throws Exception {
    try (CommitLog log = sink().log();
        TxWriter<T> writer = sink().open(log.claim("p", Set.of(A, B)))) {
      write(writer, 0, 2);
      writer.commit(
          new Cut(Map.of(), Map.of(A, Position.of("1"), B, Position.of("1")), Map.of(), false));
      log.claim("p", Set.of(B));
      write(writer, 2, 4);
      assertFenced(
          writer,
          new Cut(
              Map.of(A, Position.of("1"), B, Position.of("1")),
              Map.of(A, Position.of("2"), B, Position.of("2")),
              Map.of(),
              false));
      Map<Split, Entry> last = log.claim("p", Set.of(A, B)).last();
      assertThat(Cuts.to(last, A)).contains(Position.of("1"));
      assertThat(Cuts.to(last, B)).contains(Position.of("1"));
    }
    assertVisible(0, 2);
  }

  @Test
  void splits_that_join_later_are_committed_with_the_others() throws Exception {
    try (CommitLog log = sink().log();
        TxWriter<T> writer = sink().open(log.join("p", Set.of()))) {
      writer.add(log.join("p", Set.of(A)));
      write(writer, 0, 2);
      writer.add(log.join("p", Set.of(B)));
      write(writer, 2, 3);
      writer.commit(
          new Cut(Map.of(), Map.of(A, Position.of("2"), B, Position.of("1")), Map.of(), false));
      writer.release(Set.of(B));
      Claim other = log.join("p", Set.of(B));
      assertThat(Cuts.to(other.last(), B)).contains(Position.of("1"));
      write(writer, 3, 4);
      writer.commit(Cuts.of(A, "2", "3"));
      write(writer, 4, 5);
      assertFenced(writer, Cuts.of(B, "1", "2"));
      writer.add(log.join("p", Set.of(B)));
      write(writer, 4, 5);
      writer.commit(Cuts.of(B, "1", "2"));
    }
    assertVisible(0, 5);
  }

  @Test
  void a_split_that_was_not_released_is_fenced_by_who_joins_with_it() throws Exception {
    try (CommitLog log = sink().log();
        TxWriter<T> writer = sink().open(log.join("p", Set.of(A, B)))) {
      write(writer, 0, 2);
      writer.commit(Cuts.of(A, null, "2"));
      try (TxWriter<T> other = sink().open(log.join("p", Set.of(B)))) {
        write(other, 2, 3);
        other.commit(Cuts.of(B, null, "1"));
      }
      write(writer, 3, 4);
      if (claimsEndWholeWriters()) {
        assertFenced(writer, Cuts.of(A, "2", "3"));
        assertVisible(0, 3);
      } else {
        writer.commit(Cuts.of(A, "2", "3"));
        write(writer, 4, 5);
        assertFenced(writer, Cuts.of(B, null, "1"));
        assertVisible(0, 4);
      }
    }
  }

  @Test
  void two_writers_that_share_a_pipeline_commit_their_own_splits() throws Exception {
    try (CommitLog log = sink().log();
        TxWriter<T> one = sink().open(log.join("p", Set.of(A)));
        TxWriter<T> two = sink().open(log.join("p", Set.of(B)))) {
      write(one, 0, 2);
      one.commit(Cuts.of(A, null, "2"));
      write(two, 2, 4);
      two.commit(Cuts.of(B, null, "2"));
      write(one, 4, 6);
      one.commit(Cuts.of(A, "2", "4"));
    }
    assertVisible(0, 6);
  }

  @Test
  void pipelines_of_other_names_are_left_alone() throws Exception {
    try (CommitLog log = sink().log();
        TxWriter<T> writer = sink().open(log.claim("p", Set.of(A)))) {
      assertThat(log.claim("another", Set.of(A)).last()).allSatisfy(Cuts::startsHere);
      write(writer, 0, 3);
      writer.commit(Cuts.of(A, null, "3"));
      assertThat(log.claim("another", Set.of(A)).last()).allSatisfy(Cuts::startsHere);
    }
    assertVisible(0, 3);
  }

  @Test
  void what_was_forgotten_begins_anew_and_who_had_it_is_fenced() throws Exception {
    try (CommitLog log = sink().log();
        TxWriter<T> writer = sink().open(log.claim("p", Set.of(A)))) {
      write(writer, 0, 3);
      writer.commit(Cuts.of(A, null, "3"));
      log.claim("another", Set.of(A));
      log.forget("p");
      write(writer, 3, 6);
      assertFenced(writer, Cuts.of(A, "3", "6"));
      assertThat(log.claim("p", Set.of(A)).last()).allSatisfy(Cuts::startsHere);
      log.forget("never seen");
    }
    assertVisible(0, 3);
  }

  @Test
  void a_resumable_run_that_is_run_again_changes_nothing() throws Exception {
    runAgainChangesNothing();
  }

  private void write(TxWriter<T> writer, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      writer.write(record(i));
    }
  }

  private void assertFenced(TxWriter<T> writer, Cut cut) {
    assertThatThrownBy(() -> writer.commit(cut)).isInstanceOf(Fenced.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
