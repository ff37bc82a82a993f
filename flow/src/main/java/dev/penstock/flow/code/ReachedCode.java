package dev.penstock.flow.code;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// All code of a program that is reached from where one starts, as text without what does not
/// matter.
final class ReachedCode {
  private static final Pattern NUMBERED = Pattern.compile("[\\w/$]*\\$\\d[\\w$]*");
  private static final String STATIC_INITIALIZER = "<clinit>";
  private static final String CONSTRUCTOR = "<init>";

  private record Reached(ClassModel owner, MethodModel method) {}

  private final ProgramClasses classes;
  private final Set<String> seen = new HashSet<>();
  private final Deque<Reached> waiting = new ArrayDeque<>();
  private final Map<String, String> numbered = new HashMap<>();
  private final StringBuilder text = new StringBuilder();

  ReachedCode(ProgramClasses classes) {
    this.classes = classes;
  }

  /// The text of all that was reached.
  String text() {
    for (@Nullable Reached next = waiting.poll(); next != null; next = waiting.poll()) {
      String owner = next.owner().thisClass().asInternalName();
      MethodModel method = next.method();
      text.append("method ")
          .append(name(owner + "." + method.methodName().stringValue()))
          .append(name(method.methodType().stringValue()))
          .append('\n');
      body(method);
    }
    return text.toString();
  }

  private void body(MethodModel method) {
    method.findAttribute(Attributes.code()).ifPresent(code -> new CodeText(this, text).add(code));
  }

  /// The names of local and anonymous classes hold a number that other such classes change: they
  /// are numbered anew, as they are met.
  String name(String symbol) {
    return NUMBERED
        .matcher(symbol)
        .replaceAll(match -> numbered.computeIfAbsent(match.group(), _ -> "#" + numbered.size()));
  }

  /// A method is called.
  void method(String owner, String name, String type) {
    classes
        .find(owner)
        .ifPresent(model -> {
          declared(model, name, type).ifPresent(found -> add(found.owner(), found.method()));
          initializer(model);
          permitted(model).forEach(known -> method(known, name, type));
        });
  }

  private static List<String> permitted(ClassModel model) {
    return model
        .findAttribute(Attributes.permittedSubclasses())
        .map(known -> known.permittedSubclasses().stream().map(ClassEntry::asInternalName).toList())
        .orElse(List.of());
  }

  /// In the class, or inherited from others of the program.
  private Optional<Reached> declared(ClassModel model, String name, String type) {
    Optional<Reached> own =
        model.methods().stream()
            .filter(method -> method.methodName().equalsString(name))
            .filter(method -> method.methodType().equalsString(type))
            .map(method -> new Reached(model, method))
            .findFirst();
    return own.or(() ->
        supertypes(model).stream()
            .flatMap(above -> declared(above, name, type).stream())
            .findFirst());
  }

  private List<ClassModel> supertypes(ClassModel model) {
    return java.util.stream.Stream.concat(model.superclass().stream(), model.interfaces().stream())
        .flatMap(above -> classes.find(above.asInternalName()).stream())
        .toList();
  }

  private void add(ClassModel owner, MethodModel method) {
    String key =
        owner.thisClass().asInternalName()
            + "."
            + method.methodName().stringValue()
            + method.methodType().stringValue();
    if (seen.add(key)) {
      waiting.add(new Reached(owner, method));
    }
  }

  private void initializer(ClassModel model) {
    model.methods().stream()
        .filter(method -> method.methodName().equalsString(STATIC_INITIALIZER))
        .forEach(method -> add(model, method));
  }

  /// A field is used: what it holds was said by an initializer.
  void field(String owner, boolean isStatic) {
    classes
        .find(owner)
        .ifPresent(model -> {
          if (isStatic) {
            initializer(model);
          } else {
            model.methods().stream()
                .filter(method -> method.methodName().equalsString(CONSTRUCTOR))
                .forEach(method -> add(model, method));
          }
        });
  }

  /// An object is made: whoever gets it may call any of its methods.
  void made(String owner) {
    if (seen.add("new " + owner)) {
      classes
          .find(owner)
          .ifPresent(model -> {
            all(model);
            supertypes(model).forEach(above -> made(above.thisClass().asInternalName()));
          });
    }
  }

  private void all(ClassModel model) {
    model.methods().stream()
        .filter(method -> !isOfLambdas(method.methodName().stringValue()))
        .sorted(
            Comparator.comparing((MethodModel method) -> method.methodName().stringValue())
                .thenComparing(method -> method.methodType().stringValue()))
        .forEach(method -> add(model, method));
  }

  /// Bodies of lambdas are told where they stand; the other serves to read lambdas back.
  private static boolean isOfLambdas(String method) {
    return method.startsWith("lambda$") || method.equals("$deserializeLambda$");
  }

  /// A class is looked into: what matters is its shape.
  void shape(String owner) {
    if (seen.add("class " + owner)) {
      classes.find(owner).ifPresent(this::shape);
    }
  }

  private void shape(ClassModel model) {
    text.append("class ").append(name(model.thisClass().asInternalName())).append('\n');
    model.fields().stream()
        .filter(field -> !field.flags().has(java.lang.reflect.AccessFlag.SYNTHETIC))
        .forEach(field ->
            text.append("  ")
                .append(field.fieldName().stringValue())
                .append(' ')
                .append(
                    field
                        .findAttribute(Attributes.signature())
                        .map(signature -> signature.signature().stringValue())
                        .orElse(field.fieldType().stringValue()))
                .append('\n'));
    permitted(model).forEach(this::shape);
  }

  /// The body of a lambda, in its place.
  boolean lambda(String owner, String name, String type) {
    Optional<MethodModel> body =
        name.startsWith("lambda$")
            ? classes.find(owner).flatMap(model -> declared(model, name, type)).map(Reached::method)
            : Optional.empty();
    body.ifPresent(method -> {
      text.append("lambda ").append(name(type)).append(" {\n");
      body(method);
      text.append("}\n");
    });
    return body.isPresent();
  }

  /// A class with all that is within it.
  void nest(String host) {
    classes
        .find(host)
        .ifPresent(model -> {
          List<String> members =
              model
                  .findAttribute(Attributes.nestMembers())
                  .map(nest -> nest.nestMembers().stream().map(ClassEntry::asInternalName))
                  .orElseGet(java.util.stream.Stream::empty)
                  .filter(member -> !NUMBERED.matcher(member).matches())
                  .sorted()
                  .toList();
          shape(host);
          all(model);
          members.forEach(member -> {
            shape(member);
            classes.find(member).ifPresent(this::all);
          });
        });
  }
}
