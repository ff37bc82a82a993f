package dev.penstock.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

class EveryCaseTest {
  private static final List<Class<?>> SUITE =
      List.of(
          ConstructionTest.class,
          ExplainTest.class,
          MapTest.class,
          FilterTest.class,
          CatchingTest.class,
          BatchTest.class,
          FlatMapTest.class,
          ThrottleTest.class,
          BufferTest.class,
          ObserveTest.class,
          EndToEndTest.class);

  @Test
  void every_case_of_the_list_has_a_test_and_no_test_an_unknown_case() throws Exception {
    assertThat(tests().keySet()).isEqualTo(listed());
  }

  @Test
  void no_case_is_disabled() {
    List<String> disabled = new ArrayList<>();
    tests().values().forEach(methods -> methods.forEach(m -> disabled.addAll(conditions(m))));
    assertThat(disabled).isEmpty();
  }

  private static TreeMap<String, List<Method>> tests() {
    TreeMap<String, List<Method>> tests = new TreeMap<>();
    for (Class<?> type : SUITE) {
      for (Method method : type.getDeclaredMethods()) {
        Case named = method.getAnnotation(Case.class);
        if (named != null) {
          for (String id : named.value()) {
            tests.computeIfAbsent(id, _ -> new ArrayList<>()).add(method);
          }
        }
      }
    }
    return tests;
  }

  private static List<String> conditions(Method method) {
    List<Annotation> all = new ArrayList<>(List.of(method.getAnnotations()));
    all.addAll(List.of(method.getDeclaringClass().getAnnotations()));
    return all.stream()
        .map(Annotation::annotationType)
        .filter(t -> t == Disabled.class || t.getPackageName().endsWith("api.condition"))
        .map(t -> t.getSimpleName() + " on " + method.getName())
        .toList();
  }

  private static Set<String> listed() throws Exception {
    try (InputStream in = EveryCaseTest.class.getResourceAsStream("/conformance/ids.txt")) {
      return new TreeSet<>(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }
}
