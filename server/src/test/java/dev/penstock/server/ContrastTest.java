package dev.penstock.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The colours of the style sheet, by the ratios that WCAG 2.2 asks for at level AA: 4.5 for text,
/// 3 for icons, marks of charts and the borders of fields. Each palette by itself.
class ContrastTest {
  private static final double TEXT = 4.5;
  private static final double MARK = 3;
  private static final Pattern COLOR = Pattern.compile("--([a-z0-9-]+): #([0-9a-f]{6})");
  private static final List<String> GROUNDS = List.of("canvas", "surface", "sunken", "hover");
  private static final List<String> STATES = List.of("ok", "run", "bad", "gone", "wait", "idle");

  /// What stands on what.
  private record Pair(String front, String ground, double least) {}

  private static List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (String ground : GROUNDS) {
      for (String ink : List.of("ink", "ink-2", "ink-3")) {
        pairs.add(new Pair(ink, ground, TEXT));
      }
    }
    for (String ground : List.of("canvas", "surface", "hover", "accent-soft")) {
      pairs.add(new Pair("accent", ground, TEXT));
    }
    pairs.add(new Pair("ink", "accent-soft", TEXT));
    pairs.add(new Pair("ink-2", "accent-soft", TEXT));
    pairs.add(new Pair("ink", "wait-soft", TEXT));
    pairs.add(new Pair("ink", "bad-soft", TEXT));
    pairs.add(new Pair("on-accent", "accent", TEXT)); // buttons
    pairs.add(new Pair("on-accent", "accent-2", TEXT));
    for (String state : STATES) {
      for (String ground : List.of(state + "-soft", "surface", "canvas", "hover", "accent-soft")) {
        pairs.add(new Pair(state, ground, TEXT));
      }
      pairs.add(new Pair(state + "-mark", "surface", MARK));
      pairs.add(new Pair(state + "-mark", "accent-soft", MARK));
    }
    pairs.add(new Pair("run-mark", "sunken", MARK)); // meters
    pairs.add(new Pair("idle-mark", "sunken", MARK));
    pairs.add(new Pair("run-mark", "run-soft", MARK)); // lines over their areas
    pairs.add(new Pair("bad-mark", "bad-soft", MARK));
    pairs.add(new Pair("field", "surface", MARK)); // borders of fields
    pairs.add(new Pair("field", "canvas", MARK));
    return pairs;
  }

  private static String sheet() throws IOException {
    try (InputStream in =
        requireNonNull(PenstockServer.class.getResourceAsStream("assets/penstock.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// The colours between a rule's selector and the end of its block.
  private static Map<String, String> colors(String sheet, String selector) {
    int begin = sheet.indexOf(selector);
    assertThat(begin).as(selector).isNotNegative();
    Map<String, String> colors = new TreeMap<>();
    Matcher color = COLOR.matcher(sheet.substring(begin, sheet.indexOf('}', begin)));
    while (color.find()) {
      colors.put(color.group(1), color.group(2));
    }
    return colors;
  }

  private static double ratio(String one, String other) {
    double first = luminance(one);
    double second = luminance(other);
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  }

  private static double luminance(String color) {
    int rgb = Integer.parseInt(color, 16);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double part = (channel & 255) / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }

  @Test
  void whatStandsOnWhatCanBeRead() throws IOException {
    String sheet = sheet();
    Map<String, String> light = colors(sheet, ":root {");
    Map<String, String> dark = colors(sheet, ":root[data-theme=\"dark\"] {");
    assertThat(light).hasSizeGreaterThan(30);
    assertThat(dark.keySet()).isEqualTo(light.keySet());
    assertThat(colors(sheet, ":root:not([data-theme=\"light\"]) {"))
        .as("the dark palette of the system is the one that is chosen")
        .isEqualTo(dark);
    assertThat(ratio("000000", "ffffff")).isEqualTo(21);
    List<String> faint = new ArrayList<>();
    Map.of("light", light, "dark", dark)
        .forEach((theme, colors) ->
            pairs()
                .forEach(pair -> {
                  double ratio = ratio(colors.get(pair.front()), colors.get(pair.ground()));
                  if (ratio < pair.least()) {
                    faint.add(
                        "%s: %s on %s is %.2f, not %s"
                            .formatted(theme, pair.front(), pair.ground(), ratio, pair.least()));
                  }
                }));
    assertThat(faint).isEmpty();
  }

  /// Below the tokens every colour is one of them.
  @Test
  void noColorIsWrittenBesidesTheTokens() throws IOException {
    String sheet = sheet();
    String rules = sheet.substring(sheet.indexOf("/* base */")).toLowerCase(Locale.ROOT);
    Matcher color = Pattern.compile("#[0-9a-f]{3,8}\\b|\\brgba?\\(|\\bhsla?\\(").matcher(rules);
    assertThat(color.results().map(found -> found.group()).toList()).isEmpty();
  }
}
