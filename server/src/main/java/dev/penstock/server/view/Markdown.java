package dev.penstock.server.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Markdown as HTML: headings, paragraphs, lists, quotes, tables, code, and within a line code,
/// strong and emphasised text and links to the web. All else is text: everything is escaped before
/// a mark is looked for, so that what a run writes makes no element of its own.
public final class Markdown {
  private static final Pattern STRONG = Pattern.compile("\\*\\*([^*]+)\\*\\*");
  private static final Pattern EMPHASIS = Pattern.compile("(?<![\\w*])[*_]([^*_]+)[*_](?![\\w*])");
  private static final Pattern LINK =
      Pattern.compile("\\[([^\\]\\[]+)\\]\\((https?://[\\w\\-./?%&;=+#~:,@!]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} .*");
  private static final Pattern ITEM = Pattern.compile("\\s*([-*+]|\\d{1,4}[.)]) .*");
  private static final Pattern RULE = Pattern.compile("\\|?[ :|-]*-[ :|-]*");
  private static final String FENCE = "```";

  private final List<String> lines;
  private final StringBuilder html = new StringBuilder();
  private int at;

  private Markdown(String text) {
    this.lines = text.lines().toList();
  }

  /// The HTML of a text.
  public static String html(String text) {
    Markdown markdown = new Markdown(text);
    while (markdown.at < markdown.lines.size()) {
      markdown.block();
    }
    return markdown.html.toString();
  }

  private void block() {
    String line = lines.get(at);
    if (line.isBlank()) {
      at++;
    } else if (line.startsWith(FENCE)) {
      code();
    } else if (HEADING.matcher(line).matches()) {
      html.append("<h4>").append(inline(line.replaceFirst("#+ +", ""))).append("</h4>");
      at++;
    } else if (isTable()) {
      table();
    } else if (ITEM.matcher(line).matches()) {
      list();
    } else if (line.startsWith(">")) {
      wrapped("blockquote", taken(">").stream().map(each -> each.replaceFirst("> ?", "")).toList());
    } else {
      wrapped("p", paragraph());
    }
  }

  private void wrapped(String element, List<String> text) {
    html.append('<').append(element).append('>');
    html.append(text.stream().map(Markdown::inline).collect(Collectors.joining("<br>")));
    html.append("</").append(element).append('>');
  }

  private List<String> taken(String start) {
    List<String> taken = new ArrayList<>();
    while (at < lines.size() && lines.get(at).startsWith(start)) {
      taken.add(lines.get(at++));
    }
    return taken;
  }

  private List<String> paragraph() {
    List<String> taken = new ArrayList<>();
    do {
      taken.add(lines.get(at++).strip());
    } while (at < lines.size() && isText(lines.get(at)));
    return taken;
  }

  private static boolean isText(String line) {
    return !line.isBlank()
        && !line.startsWith(FENCE)
        && !line.startsWith(">")
        && !HEADING.matcher(line).matches()
        && !ITEM.matcher(line).matches();
  }

  private void code() {
    at++;
    html.append("<pre class=\"code\" tabindex=\"0\">");
    while (at < lines.size() && !lines.get(at).startsWith(FENCE)) {
      html.append(escaped(lines.get(at++))).append('\n');
    }
    at++;
    html.append("</pre>");
  }

  private void list() {
    boolean numbered = Character.isDigit(lines.get(at).strip().charAt(0));
    html.append(numbered ? "<ol>" : "<ul>");
    while (at < lines.size() && ITEM.matcher(lines.get(at)).matches()) {
      String text = lines.get(at++).strip().replaceFirst("\\S+ +", "");
      html.append("<li>").append(inline(text)).append("</li>");
    }
    html.append(numbered ? "</ol>" : "</ul>");
  }

  private boolean isTable() {
    return lines.get(at).contains("|")
        && at + 1 < lines.size()
        && lines.get(at + 1).contains("|")
        && RULE.matcher(lines.get(at + 1).strip()).matches();
  }

  private void table() {
    html.append("<table><thead>");
    row(lines.get(at), "th");
    html.append("</thead><tbody>");
    for (at += 2; at < lines.size() && lines.get(at).contains("|"); at++) {
      row(lines.get(at), "td");
    }
    html.append("</tbody></table>");
  }

  private void row(String line, String cell) {
    String inside = line.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
    html.append("<tr>");
    Arrays.stream(inside.split("\\|", -1))
        .forEach(text ->
            html.append('<')
                .append(cell)
                .append('>')
                .append(inline(text.strip()))
                .append("</")
                .append(cell)
                .append('>'));
    html.append("</tr>");
  }

  private static String inline(String text) {
    String[] parts = escaped(text).split("`", -1);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      boolean code = i % 2 == 1 && i < parts.length - 1;
      if (code) {
        line.append("<code>").append(parts[i]).append("</code>");
      } else {
        line.append(i % 2 == 1 ? "`" : "").append(marks(parts[i]));
      }
    }
    return line.toString();
  }

  private static String marks(String escaped) {
    String linked =
        LINK.matcher(escaped).replaceAll("<a href=\"$2\" rel=\"noopener noreferrer\">$1</a>");
    String strong = STRONG.matcher(linked).replaceAll("<strong>$1</strong>");
    return linked.contains("<a ") ? strong : EMPHASIS.matcher(strong).replaceAll("<em>$1</em>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }
}
