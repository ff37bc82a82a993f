package dev.penstock.server.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/// Fills templates, which were compiled with everything else.
final class Templates {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

  /// @param values of its parameters
  String fill(String template, Map<String, ?> values) {
    StringOutput html = new StringOutput();
    engine.render(template + ".jte", Map.copyOf(values), html);
    return html.toString();
  }
}
