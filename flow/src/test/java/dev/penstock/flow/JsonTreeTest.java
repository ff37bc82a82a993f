package dev.penstock.flow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": NaN}", "{\"a\": [1", "{\"a\": tru}", "DEEP", "LONG", "{} {}"})
  void whatIsNoJsonIsSaidToPeople(String text) {
    String json = text.replace("DEEP", "[".repeat(600)).replace("LONG", "9".repeat(2000));
    assertThatThrownBy(() -> JsonTree.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no JSON: ")
        .hasMessageMatching("[^`]*")
        .hasMessageNotContaining("REDACTED");
  }
}
