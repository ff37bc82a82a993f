package dev.penstock.server.pages;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import java.util.Map;

/// Puts the token of the session into every form that changes something, so that no template can
/// forget it. Forms that only look keep it out of addresses.
final class FormTokens implements HtmlInterceptor {
  /// The page that is filled by this thread.
  static final ScopedValue<Filling> FILLING = ScopedValue.newInstance();

  /// A page for somebody who has logged in.
  static final class Filling {
    private final String token;
    private boolean changes;

    Filling(String token) {
      this.token = token;
    }
  }

  /// Told before the tag itself is complete, so that nothing can be put into the form yet.
  @Override
  public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput html) {
    if (FILLING.isBound()) {
      FILLING.get().changes = "post".equals(attributes.get("method"));
    }
  }

  @Override
  public void onHtmlTagClosed(String name, TemplateOutput html) {
    if (FILLING.isBound() && FILLING.get().changes) {
      html.writeContent(
          "<input type=\"hidden\" name=\"csrf\" value=\"" + FILLING.get().token + "\">");
    }
  }
}
