package dev.penstock.server.pages;

import dev.penstock.server.web.Identity;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/// Fills templates, which were compiled with everything else.
final class Templates {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

  Templates() {
    engine.setHtmlInterceptor(new FormTokens());
  }

  /// @param who it is for
  /// @param values of its parameters
  String fill(String template, Identity who, Map<String, ?> values) {
    String token = who.formToken();
    if (token == null) {
      return fill(template, values);
    }
    return ScopedValue.where(FormTokens.FILLING, new FormTokens.Filling(token))
        .call(() -> fill(template, values));
  }

  private String fill(String template, Map<String, ?> values) {
    StringOutput html = new StringOutput();
    engine.render(template + ".jte", Map.copyOf(values), html);
    return html.toString();
  }
}
