package dev.penstock.server;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;

class WideLookTest extends PagesLook {

  @Test
  void pagesCanBeUsedAtADesk() {
    look(1280, ColorScheme.LIGHT);
    look(1280, ColorScheme.DARK);
  }
}
