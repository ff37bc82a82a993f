package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JsonValueTest {
  private static final String TEXT =
      "{\"a\":{\"b/c\":[1,\"2\",{\"t~\":true}]},\"n\":null,\"d\":1.50,\"big\":123456789012345678901,\"at\":\"2026-01-01T00:00:00Z\"}";
  private final JsonValue value = JsonValue.parse(TEXT);

  record Point(int x, String name) {}

  @Test
  void pointersLeadToValues() {
    assertThat(value.integer("/a/b~1c/0")).isEqualTo(1);
    assertThat(value.integer("/a/b~1c/1")).isEqualTo(2);
    assertThat(value.bool("/a/b~1c/2/t~0")).isTrue();
    assertThat(value.decimal("/d")).isEqualTo(new BigDecimal("1.50"));
    assertThat(value.instant("/at")).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(value.text("/a/b~1c/0")).isEqualTo("1");
    assertThat(value.at("").orElseThrow()).isEqualTo(value);
  }

  @Test
  void whatIsNotThereIsNullOrAFailureOfPrimitives() {
    assertThat(value.text("/x/y")).isNull();
    assertThat(value.text("/n")).isNull();
    assertThat(value.at("/n")).hasValueSatisfying(n -> assertThat(n.isNull()).isTrue());
    assertThat(value.at("/a/b~1c/3")).isEmpty();
    assertThat(value.at("/a/b~1c/-1")).isEmpty();
    assertThatThrownBy(() -> value.longInteger("/x"))
        .isInstanceOf(BadJson.class)
        .hasMessageStartingWith("there is nothing at \"/x\" in ");
  }

  @Test
  void whatIsSomethingElseIsSaid() {
    assertThatThrownBy(() -> value.integer("/at"))
        .isInstanceOf(BadJson.class)
        .hasMessage("field \"at\": \"2026-01-01T00:00:00Z\" is not an int");
    assertThatThrownBy(() -> value.text("/a")).hasMessageContaining("an object is not a value");
    assertThatThrownBy(() -> value.elements()).hasMessage("an object is not an array");
    assertThatThrownBy(() -> value.at("a")).hasMessageContaining("begins with \"/\"");
    assertThatThrownBy(() -> JsonValue.parse("{")).isInstanceOf(BadJson.class);
    assertThatThrownBy(() -> JsonValue.parse("1 2")).hasMessageContaining("more text follows");
  }

  @Test
  void theTextIsWrittenAsItWasRead() {
    assertThat(value).hasToString(TEXT);
    assertThat(JsonValue.parse(" [ ] ")).hasToString("[]");
  }

  @Test
  void objectsBecomeRecords() {
    JsonValue points = JsonValue.parse("[{\"x\":1,\"name\":\"ü\",\"more\":[]}]");
    assertThat(points.elements())
        .extracting(p -> p.as(Point.class))
        .containsExactly(new Point(1, "ü"));
    assertThatThrownBy(() -> points.as(Point.class)).isInstanceOf(BadJson.class);
  }
}
