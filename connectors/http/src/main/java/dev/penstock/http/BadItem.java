package dev.penstock.http;

/// An item of a page that is not what was wanted: the failure of this one record.
public final class BadItem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String page;
  private final int index;

  BadItem(String page, int index, Exception cause) {
    super("item %d of the page %s: %s".formatted(index, page, cause.getMessage()), cause);
    this.page = page;
    this.index = index;
  }

  /// The URL of the page, without secrets.
  public String page() {
    return page;
  }

  /// Which of its items it is, counted from 0.
  public int index() {
    return index;
  }
}
