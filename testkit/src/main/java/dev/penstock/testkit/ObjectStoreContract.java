package dev.penstock.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.objects.NoSuchObject;
import dev.penstock.objects.ObjectInfo;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.StagedObject;
import dev.penstock.objects.Upload;
import dev.penstock.objects.UploadLost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every [ObjectStore] must keep: an object is whole or not there, and of several that create
/// the same one, one does.
@Timeout(180)
public abstract class ObjectStoreContract {
  private static final int RACES = 25;
  private static final int RACERS = 6;

  private final Random random = new Random(1);

  /// Opens the store under test: empty at the beginning of each test, the same one at each call
  /// within it, as another process would open it.
  protected abstract ObjectStore open() throws Exception;

  /// The size of an object that the store does not take at once.
  protected int large() {
    return 1_000_000;
  }

  @Test
  void an_upload_is_invisible_until_it_is_completed() throws Exception {
    byte[] content = random(large());
    try (ObjectStore store = open()) {
      StagedObject staged = staged(store, "a/b.bin", content);
      assertThat(store.find("a/b.bin")).isEmpty();
      assertThat(keys(store, "", "")).isEmpty();
      store.complete(staged);
      assertThat(content(store, "a/b.bin")).isEqualTo(content);
      assertThat(store.find("a/b.bin").orElseThrow().size()).isEqualTo(content.length);
    }
  }

  @Test
  void an_object_may_be_empty() throws Exception {
    try (ObjectStore store = open()) {
      store.complete(staged(store, "empty", new byte[0]));
      assertThat(content(store, "empty")).isEmpty();
    }
  }

  @Test
  void any_process_completes_an_upload_as_often_as_it_likes() throws Exception {
    byte[] content = random(1_000);
    StagedObject staged;
    try (ObjectStore store = open()) {
      staged = staged(store, "x", content);
    }
    try (ObjectStore store = open()) {
      store.complete(staged);
    }
    try (ObjectStore store = open()) {
      store.complete(staged);
      assertThat(content(store, "x")).isEqualTo(content);
    }
  }

  @Test
  void a_completed_upload_replaces_what_was_there() throws Exception {
    try (ObjectStore store = open()) {
      store.complete(staged(store, "x", random(5_000)));
      byte[] second = random(100);
      store.complete(staged(store, "x", second));
      assertThat(content(store, "x")).isEqualTo(second);
    }
  }

  @Test
  void what_was_aborted_never_shows_and_cannot_be_completed() throws Exception {
    try (ObjectStore store = open()) {
      StagedObject staged = staged(store, "x", random(1_000));
      store.abort(staged);
      store.abort(staged);
      assertThatThrownBy(() -> store.complete(staged))
          .isInstanceOf(UploadLost.class)
          .hasMessageContaining("x");
      assertThat(store.find("x")).isEmpty();
    }
  }

  @Test
  void an_upload_that_is_closed_without_staging_leaves_nothing() throws Exception {
    try (ObjectStore store = open()) {
      try (Upload upload = store.upload("x")) {
        upload.write(random(large()), 0, large());
        assertThat(upload.bytes()).isEqualTo(large());
      }
      assertThat(store.find("x")).isEmpty();
      assertThat(store.unfinished("")).isEmpty();
    }
    try (ObjectStore store = open()) {
      assertThat(store.unfinished("")).isEmpty();
    }
  }

  @Test
  void what_a_dead_writer_left_is_found_and_aborted() throws Exception {
    try (ObjectStore store = open()) {
      staged(store, "lake/x", random(10));
    }
    try (ObjectStore store = open()) {
      List<StagedObject> left = store.unfinished("lake/");
      assertThat(left).hasSize(1);
      store.abort(left.getFirst());
      assertThat(store.unfinished("lake/")).isEmpty();
    }
  }

  @Test
  void objects_are_listed_in_the_order_of_their_keys() throws Exception {
    try (ObjectStore store = open()) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        expected.add("log/%03d.json".formatted(i));
      }
      for (String key : expected.reversed()) {
        assertThat(store.create(key, key.getBytes(UTF_8))).isTrue();
      }
      store.create("log-of-others/1", new byte[1]);
      store.create("lo", new byte[1]);
      assertThat(keys(store, "log/", "")).isEqualTo(expected);
      assertThat(keys(store, "log/", "log/017.json")).isEqualTo(expected.subList(18, 30));
      assertThat(keys(store, "log/02", "")).isEqualTo(expected.subList(20, 30));
      assertThat(keys(store, "log/", "log/029.json")).isEmpty();
      assertThat(keys(store, "nothing/here/", "")).isEmpty();
      assertThat(keys(store, "", "")).hasSize(32);
    }
  }

  @Test
  void what_lies_directly_below_a_prefix_is_listed() throws Exception {
    try (ObjectStore store = open()) {
      for (String key : List.of("a", "b/c", "b/d/e", "b/f", "bb")) {
        store.create(key, new byte[1]);
      }
      assertThat(store.children("").map(ObjectInfo::key)).containsExactly("a", "bb");
      assertThat(store.children("b/").map(ObjectInfo::key)).containsExactly("b/c", "b/f");
      assertThat(store.children("nothing/")).isEmpty();
    }
  }

  @Test
  void keys_may_hold_what_texts_hold() throws Exception {
    List<String> keys =
        List.of("a b+c", "env=dv/yr=2026/ü ✓.csv", "per%20cent&amp;<x>", "q?r#s", "~(1)!*';@,$");
    try (ObjectStore store = open()) {
      for (String key : keys) {
        store.complete(staged(store, key, key.getBytes(UTF_8)));
        assertThat(content(store, key)).asString(UTF_8).isEqualTo(key);
      }
      assertThat(keys(store, "", "")).containsExactlyInAnyOrderElementsOf(keys);
      for (String key : keys) {
        store.delete(key);
      }
      assertThat(keys(store, "", "")).isEmpty();
    }
  }

  @Test
  void of_several_that_create_an_object_exactly_one_does() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ObjectStore store = open()) {
      for (int race = 0; race < RACES; race++) {
        String key = "race/" + race;
        CyclicBarrier start = new CyclicBarrier(RACERS);
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int racer = 0; racer < RACERS; racer++) {
          byte[] content = ("racer " + racer).repeat(racer + 1).getBytes(UTF_8);
          racers.add(() -> {
            start.await();
            return store.create(key, content);
          });
        }
        List<Integer> winners = new ArrayList<>();
        List<Future<Boolean>> results = threads.invokeAll(racers);
        for (int racer = 0; racer < RACERS; racer++) {
          if (results.get(racer).get()) {
            winners.add(racer);
          }
        }
        assertThat(winners).hasSize(1);
        int winner = winners.getFirst();
        assertThat(content(store, key))
            .asString(UTF_8)
            .isEqualTo(("racer " + winner).repeat(winner + 1));
      }
    }
  }

  @Test
  void what_is_there_is_not_created_again() throws Exception {
    try (ObjectStore store = open()) {
      assertThat(store.create("x", new byte[] {1})).isTrue();
      assertThat(store.create("x", new byte[] {2})).isFalse();
      assertThat(content(store, "x")).isEqualTo(new byte[] {1});
      store.delete("x");
      store.delete("x");
      assertThat(store.create("x", new byte[] {3})).isTrue();
    }
  }

  @Test
  void parts_of_an_object_are_read() throws Exception {
    byte[] content = random(10_000);
    try (ObjectStore store = open()) {
      store.complete(staged(store, "x", content));
      try (ReadableObject object = store.read("x")) {
        assertThat(object.size()).isEqualTo(content.length);
        ByteBuffer part = ByteBuffer.allocate(100);
        object.readFully(9_900, part);
        assertThat(part.array()).isEqualTo(Arrays.copyOfRange(content, 9_900, 10_000));
        assertThat(object.read(10_000, ByteBuffer.allocate(1))).isNegative();
        try (InputStream from = object.stream(4_000)) {
          assertThat(from.readNBytes(500)).isEqualTo(Arrays.copyOfRange(content, 4_000, 4_500));
        }
        try (InputStream from = object.stream(10_000)) {
          assertThat(from.read()).isNegative();
        }
      }
    }
  }

  @Test
  void what_is_not_there_is_told_with_its_name() throws Exception {
    try (ObjectStore store = open()) {
      assertThat(store.find("nothing")).isEmpty();
      assertThatThrownBy(() -> store.read("nothing"))
          .isInstanceOf(NoSuchObject.class)
          .hasMessageContaining("nothing");
    }
  }

  @Test
  void versions_tell_a_replaced_object_and_are_never_mixed() throws Exception {
    byte[] first = random(200_000);
    byte[] second = random(200_000);
    try (ObjectStore store = open()) {
      store.complete(staged(store, "x", first));
      try (ReadableObject before = store.read("x")) {
        String version = before.version();
        store.complete(staged(store, "x", second));
        assertThat(readOrFail(before)).isIn(null, first);
        try (ReadableObject after = store.read("x")) {
          assertThat(after.version()).isNotEqualTo(version);
        }
      }
    }
  }

  @Test
  void whoever_has_the_address_reads_the_object() throws Exception {
    try (ObjectStore store = open()) {
      store.complete(staged(store, "a b=c.txt", new byte[] {1, 2, 3}));
      try (InputStream in =
          store.presign("a b=c.txt", Duration.ofMinutes(5)).toURL().openStream()) {
        assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
      }
    }
  }

  private static byte @Nullable [] readOrFail(ReadableObject object) {
    ByteBuffer all = ByteBuffer.allocate((int) object.size());
    try {
      object.readFully(0, all);
      return all.array();
    } catch (IOException e) {
      return null;
    }
  }

  private static StagedObject staged(ObjectStore store, String key, byte[] content)
      throws IOException {
    try (Upload upload = store.upload(key)) {
      upload.write(content);
      return upload.stage();
    }
  }

  private static byte[] content(ObjectStore store, String key) throws IOException {
    try (ReadableObject object = store.read(key);
        InputStream in = object.stream(0)) {
      return in.readAllBytes();
    }
  }

  private static List<String> keys(ObjectStore store, String prefix, String after)
      throws IOException {
    try (Stream<ObjectInfo> listed = store.list(prefix, after)) {
      return listed.map(ObjectInfo::key).toList();
    }
  }

  private byte[] random(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
