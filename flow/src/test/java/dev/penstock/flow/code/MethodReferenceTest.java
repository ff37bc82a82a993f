package dev.penstock.flow.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MethodReferenceTest {
  interface Task<A, R> extends Function<A, R>, Serializable {}

  interface Start<R> extends Supplier<R>, Serializable {}

  private Map<String, List<LocalDate>> dates(List<String> texts) {
    return Map.of("all", texts.stream().map(LocalDate::parse).toList());
  }

  private static int twice(int x) {
    return 2 * x;
  }

  private static MethodReference of(Task<?, ?> task) {
    return MethodReference.of(task);
  }

  @Test
  void aBoundMethodKeepsItsGenericTypes() {
    Task<List<String>, Map<String, List<LocalDate>>> task = this::dates;
    MethodReference reference = of(task);
    assertThat(reference.method().getName()).isEqualTo("dates");
    assertThat(reference.receiver()).isSameAs(this);
    assertThat(reference.lambda()).isFalse();
    assertThat(reference.returnType().getTypeName())
        .isEqualTo("java.util.Map<java.lang.String, java.util.List<java.time.LocalDate>>");
    assertThat(reference.parameterTypes()).hasToString("[java.util.List<java.lang.String>]");
  }

  @Test
  void aStaticMethodHasNoReceiver() {
    Task<Integer, Integer> task = MethodReferenceTest::twice;
    MethodReference reference = of(task);
    assertThat(reference.method().getName()).isEqualTo("twice");
    assertThat(reference.receiver()).isNull();
    assertThat(reference.returnType()).isEqualTo(int.class);
  }

  static class Above {
    @SuppressWarnings("unused")
    String name() {
      return "above";
    }
  }

  static final class Below extends Above {
    Start<String> start() {
      return this::name;
    }
  }

  @Test
  void anInheritedMethodIsFound() {
    Below below = new Below();
    MethodReference reference = MethodReference.of(below.start());
    assertThat(reference.method().getDeclaringClass()).isEqualTo(Above.class);
    assertThat(reference.receiver()).isSameAs(below);
  }

  @Test
  void aLambdaSaysThatItIsOne() {
    int captured = hashCode();
    Task<Integer, List<Integer>> task = x -> List.of(x + captured);
    assertThat(of(task).lambda()).isTrue();
    assertThat(of(task).returnType()).isEqualTo(List.class);
  }

  @Test
  void aConstructorOrAnObjectIsRefused() {
    Task<String, StringBuilder> made = StringBuilder::new;
    assertThatThrownBy(() -> of(made))
        .hasMessage("a constructor, StringBuilder::new, is no task; write a method that calls it");
    assertThatThrownBy(() -> MethodReference.of("text"))
        .hasMessage(
            "an object of class java.lang.String is given; refer to a method, as in this::extract,"
                + " or write a lambda");
  }
}
