package dev.penstock.server.pages;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import java.util.Map;

/// Puts the token of the session into every form that changes something, so that no template can
/// forget it.
final class FormTokens implements HtmlInterceptor {
  /// That of whoever the page is for.
  static final ScopedValue<String> TOKEN = ScopedValue.newInstance();

  @Override
  public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput html) {
    if (TOKEN.isBound() && "post".equals(attributes.get("method"))) {
      html.writeContent("<input type=\"hidden\" name=\"csrf\" value=\"" + TOKEN.get() + "\">");
    }
  }

  @Override
  public void onHtmlTagClosed(String name, TemplateOutput html) {}
}
