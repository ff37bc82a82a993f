package dev.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CensusTest {

  @Test
  void threads_that_stay_are_found_virtual_ones_too() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Census before = Census.take();
    Thread platform = Thread.ofPlatform().name("stays").start(() -> await(end));
    Thread virtual = Thread.ofVirtual().name("stays too").start(() -> await(end));
    assertThat(before.leaks(Duration.ZERO))
        .hasSize(2)
        .anyMatch(leak -> leak.contains("\"stays\""))
        .anyMatch(leak -> leak.contains("\"stays too\""));
    end.countDown();
    platform.join();
    virtual.join();
    assertThat(before.leaks(Duration.ofSeconds(5))).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void handles_that_stay_open_are_found(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("left-open.csv"));
    Census before = Census.take();
    try (InputStream open = Files.newInputStream(file)) {
      assertThat(open.read()).isEqualTo(-1);
      assertThat(before.leaks(Duration.ZERO)).hasSize(1).first().asString().contains("left-open");
    }
    assertThat(before.leaks(Duration.ofSeconds(5))).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
