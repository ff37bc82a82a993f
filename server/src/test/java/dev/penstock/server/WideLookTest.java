package dev.penstock.server;

import org.junit.jupiter.api.Test;

class WideLookTest extends PagesLook {

  @Test
  void pagesCanBeUsedAtADesk() {
    look(1280);
  }
}
