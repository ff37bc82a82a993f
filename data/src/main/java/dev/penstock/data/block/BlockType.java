package dev.penstock.data.block;

import dev.penstock.data.DataType;
import dev.penstock.data.DidYouMean;
import dev.penstock.data.Json;
import dev.penstock.data.ParameterParser;
import dev.penstock.data.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A kind of block: what it is called, and the record of its settings. Components of type [Secret]
/// are encrypted wherever a block is stored; the others may be of every type that a column can
/// hold, and are null only where they say so (`@Nullable`).
///
/// @param slug names the type in commands and in the store: `jdbc-connection`
/// @param description one sentence, for people who choose a type
/// @param settings a record class
/// @param <R> the record
public record BlockType<R extends Record>(String slug, String description, Class<R> settings) {
  public BlockType {
    if (!slug.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "the slug of a block type must be words in lower case with hyphens between them, was \""
              + slug
              + "\"");
    }
  }

  /// The settings taken apart.
  public BlockContent apart(R block) {
    Map<String, String> open = new LinkedHashMap<>();
    Map<String, Secret> secret = new LinkedHashMap<>();
    for (Setting setting : shape()) {
      Object value = setting.of(block);
      if (value instanceof Secret text) {
        secret.put(setting.name(), text);
      } else if (value != null) {
        open.put(setting.name(), Json.write(value, setting.type()));
      }
    }
    return new BlockContent(open, secret);
  }

  /// The settings put together again. What this version of the record does not know is left out.
  ///
  /// @throws BadBlock when they do not fit the record
  public R together(BlockContent content) {
    return made(
        setting -> {
          String json = content.open().get(setting.name());
          return setting.isSecret()
              ? content.secret().get(setting.name())
              : json == null || json.equals("null") ? null : Json.parse(json, setting.type());
        },
        new ArrayList<>());
  }

  /// The settings that somebody gives as texts, by name: `url`, `port`. Lists and maps are JSON.
  ///
  /// @throws BadBlock with every setting that is unknown, missing or ill-typed
  public R parse(Map<String, Secret> texts) {
    List<String> names = shape().stream().map(Setting::name).toList();
    List<String> problems = new ArrayList<>();
    for (String given : texts.keySet()) {
      if (!names.contains(given)) {
        problems.add(
            "\"" + given + "\" is not one of its settings" + DidYouMean.hint(given, names));
      }
    }
    return made(
        setting -> {
          Secret text = texts.get(setting.name());
          return text == null || setting.isSecret() ? text : parsed(text.reveal(), setting);
        },
        problems);
  }

  private static Object parsed(String text, Setting setting) {
    return switch (setting.type()) {
      case DataType.ListOf _, DataType.MapOf _, DataType.Nested _ ->
          Json.parse(text, setting.type());
      case DataType.Scalar _, DataType.Decimal _, DataType.Enumeration _ ->
          ParameterParser.parse(text, setting.javaType());
    };
  }

  /// The names of the settings and whether each is secret, in their order.
  public Map<String, Boolean> secrecy() {
    Map<String, Boolean> secrecy = new LinkedHashMap<>();
    shape().forEach(setting -> secrecy.put(setting.name(), setting.isSecret()));
    return secrecy;
  }

  /// A setting, for forms.
  ///
  /// @param type its simple name, such as `String`
  public record Shape(String name, String type, boolean secret, boolean required) {}

  /// The settings, in their order.
  public List<Shape> shapes() {
    return shape().stream()
        .map(each -> new Shape(each.name(), each.simpleType(), each.isSecret(), each.required()))
        .toList();
  }

  private List<Setting> shape() {
    return Setting.of(settings);
  }

  @FunctionalInterface
  private interface Values {
    @Nullable Object of(Setting setting);
  }

  private R made(Values values, List<String> problems) {
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Setting setting : shape()) {
      Object value = null;
      try {
        value = values.of(setting);
        if (value == null && setting.required()) {
          problems.add("\"" + setting.name() + "\" is missing");
        }
      } catch (IllegalArgumentException e) {
        problems.add("\"" + setting.name() + "\": " + e.getMessage());
      }
      arguments.add(value);
    }
    if (!problems.isEmpty()) {
      throw new BadBlock(slug, problems);
    }
    return Setting.make(settings, arguments);
  }
}
