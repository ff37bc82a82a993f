package dev.penstock.server.pages;

import dev.penstock.server.view.Words;
import dev.penstock.server.web.Viewer;
import java.util.List;

/// What is around every page.
///
/// @param title of the tab
/// @param icon of the tab: the colour of a state
/// @param section which entry of the menu it is
/// @param crumbs the way to the page, with the page itself at the end
/// @param running how many runs run now
public record Shell(
    String title,
    String icon,
    String section,
    List<Crumb> crumbs,
    long running,
    Viewer viewer,
    Words words,
    Assets assets) {

  /// A page on the way.
  ///
  /// @param url empty for the page itself
  public record Crumb(String name, String url) {}
}
